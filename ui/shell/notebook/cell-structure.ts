import { ChangeSet } from "@codemirror/state";
import { invertAll } from "../../../kernel/notebook/document/invert.ts";
import { type Cell, type Mode, nextId, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { toast } from "../app/toasts.tsx";
import type { Workbench } from "./context.ts";
import { moveTo } from "./drag/drop.ts";

/** Deletes cells as one step. What stands after them is selected. */
export function deleteCells({ session, selection, sections }: Workbench, chosen: readonly number[]): void {
  const ids = sections.withHidden(chosen);
  const { cells } = session.notebook.get();
  const last = cells.findIndex(({ id }) => id === ids.at(-1));
  const first = cells.findIndex(({ id }) => id === ids[0]);
  if (ids.length === 0 || first < 0) return;
  const next = cells[last + 1] ?? cells[first - 1];
  const operations = ids.map((cell) => ({ type: "delete", cell }) as const);
  const back = invertAll(session.notebook.get(), operations);
  session.edit(operations);
  toast(ids.length === 1 ? `Cell ${ids[0]} is deleted.` : `${ids.length} cells are deleted.`, {
    label: "Undo",
    run: () => session.edit(back),
  });
  if (next) selection.select(next.id);
}

/** Moves cells by one place; what is folded away goes with its heading, and is passed with it. */
export function moveCells(
  { session, selection, sections }: Workbench,
  chosen: readonly number[],
  by: -1 | 1,
): void {
  const ids = sections.withHidden(chosen);
  const order = session.notebook.get().cells.map(({ id }) => id);
  const seen = order.filter((id) => !sections.hidden.get().has(id) && !ids.includes(id));
  const edge = order.indexOf((by < 0 ? ids[0] : ids.at(-1)) ?? Number.NaN);
  const above = seen.filter((id) => order.indexOf(id) < edge);
  const below = seen.find((id) => order.indexOf(id) > edge);
  if (edge < 0 || (by < 0 ? above.length === 0 : below === undefined)) return;
  const after = by < 0 ? above.at(-2) : below;
  const behind = after === undefined ? null : (sections.withHidden([after]).at(-1) ?? after);
  session.edit(moveTo(order, ids, behind));
  requestAnimationFrame(() => selection.refocus());
}

/** Gives cells another language. */
export function setModes({ session }: Workbench, ids: readonly number[], mode: Mode): void {
  session.edit(ids.map((cell) => ({ type: "set", cell, fields: { mode } })));
}

/** Makes one cell of several that stand together: the first one's, with all their text. */
export function mergeCells({ session, selection }: Workbench, ids: readonly number[]): void {
  const cells = session.notebook.get().cells.filter(({ id }) => ids.includes(id));
  const [first, ...others] = cells;
  if (!first || others.length === 0) return;
  const added = others.map(({ source }) => `\n${source}`).join("");
  const end = first.source.length;
  const changes = ChangeSet.of({ from: end, insert: added }, end).toJSON();
  session.edit([
    { type: "edit", cell: first.id, changes },
    ...others.map(({ id }) => ({ type: "delete", cell: id }) as const),
  ]);
  selection.select(first.id);
}

/** Makes two cells of one: what stands after the offset goes into a new cell below, which is then edited. */
export function splitCell({ session, editors }: Workbench, id: number, offset: number): void {
  const notebook = session.notebook.get();
  const cell = notebook.cells.find((each) => each.id === id);
  if (!cell) return;
  const below = lowerHalf(cell, nextId(notebook), offset);
  const kept = cell.source.slice(0, offset).replace(/\s+$/, "").length;
  const changes = ChangeSet.of({ from: kept, to: cell.source.length }, cell.source.length).toJSON();
  const operations: Operation[] = [
    { type: "edit", cell: id, changes },
    { type: "insert", cell: below, after: id },
  ];
  session.edit(operations);
  editors.focus(below.id, "start");
}

/** The name of the result stays with the upper half. */
function lowerHalf({ mode, source, place, run, database }: Cell, id: number, offset: number): Cell {
  return toCell({
    id,
    mode,
    place,
    run,
    database,
    source: source
      .slice(offset)
      .replace(/^\s*\n/, "")
      .trimStart(),
  });
}
