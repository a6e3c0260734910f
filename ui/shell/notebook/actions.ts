import { invert } from "../../../kernel/notebook/document/invert.ts";
import { type Cell, type Mode, nextId, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { CellFields } from "../../../kernel/notebook/document/operations.ts";
import { textDifference } from "../../../kernel/notebook/document/text-difference.ts";
import { toast } from "../app/toasts.tsx";
import type { Workbench } from "./context.ts";
import { isChanged } from "./program.ts";
import { sectionOf } from "./section-of.ts";
import type { NotebookSession } from "./session.ts";

/** Adds a cell after another (null: first) and puts the cursor into it. Returns its id. */
export function addCell(
  { session, editors }: Workbench,
  mode: Mode,
  after: number | null,
  fields: CellFields = {},
): number {
  const id = nextId(session.notebook.get());
  session.edit([{ type: "insert", cell: toCell({ ...fields, id, mode }), after }]);
  editors.focus(id, "start");
  return id;
}

export function deleteCell({ session }: Workbench, cell: number): void {
  const operation = { type: "delete", cell } as const;
  const back = invert(session.notebook.get(), operation);
  session.edit([operation]);
  if (back) toast(`Cell ${cell} is deleted.`, { label: "Undo", run: () => session.edit([back]) });
}

/** Moves a cell by one place up or down. */
export function moveCell({ session }: Workbench, cell: number, by: -1 | 1): void {
  const ids = session.notebook.get().cells.map(({ id }) => id);
  const index = ids.indexOf(cell);
  const target = by < 0 ? index - 2 : index + 1;
  if (index < 0 || index + by < 0 || index + by >= ids.length) return;
  session.edit([{ type: "move", cell, after: ids[target] ?? null }]);
}

export function setFields({ session }: Workbench, cell: number, fields: CellFields): void {
  session.edit([{ type: "set", cell, fields }]);
}

/** Gives a cell another language and the text that means the same in it. */
export function convertCell({ session }: Workbench, { id, source }: Cell, mode: Mode, text: string): void {
  session.edit([
    { type: "edit", cell: id, changes: textDifference(source, text).toJSON() },
    { type: "set", cell: id, fields: { mode } },
  ]);
}

/** The id of the cell before or after one, if any. */
export function neighbour(session: NotebookSession, cell: number, by: -1 | 1): Cell | undefined {
  const { cells } = session.notebook.get();
  return cells[cells.findIndex(({ id }) => id === cell) + by];
}

/** Runs a cell; then moves on, stays, or adds a cell below. */
export function runCell(workbench: Workbench, cell: Cell, then: "next" | "stay" | "insert"): void {
  const { session, editors } = workbench;
  session.run([cell.id]);
  if (then === "stay") return;
  const next = neighbour(session, cell.id, 1);
  if (then === "insert" || !next) addCell(workbench, codeMode(cell.mode), cell.id);
  else if (next.mode === "md" && next.source.trim() !== "") focusPencil(next.id);
  else editors.focus(next.id);
}

const codeMode = (mode: string): Mode => (mode === "sql" || mode === "ojs" ? mode : "ts");

/** A note is read, not edited, when one passes over it. */
function focusPencil(cell: number): void {
  sectionOf(cell)?.querySelector<HTMLElement>(".gutter button")?.focus();
}

/** Runs all cells that run by themselves or by hand; of those that run once, only what is out of date. */
export function runAll({ session }: Workbench): void {
  const { cells } = session.notebook.get();
  const stale = new Set(session.staleCells());
  const program = session.program.get();
  const wanted = cells.filter(
    (cell) =>
      cell.run !== "off" &&
      (cell.run !== "once" || stale.has(cell.id) || isChanged(cell, program.cells.get(cell.id))),
  );
  session.run(wanted.map(({ id }) => id));
}

/** Runs all cells that are out of date. */
export function runStale({ session }: Workbench): void {
  session.run(session.staleCells());
}

/** Duplicates a cell below itself. */
export function duplicateCell({ session, editors }: Workbench, cell: Cell): void {
  const id = nextId(session.notebook.get());
  session.edit([{ type: "insert", cell: { ...cell, id }, after: cell.id }]);
  editors.focus(id, "start");
}
