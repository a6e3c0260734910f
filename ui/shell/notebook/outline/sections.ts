import type { Cell, Notebook } from "../../../../kernel/notebook/document/notebook.ts";
import { headingsOf } from "./headings.ts";

/** Level of the section that a cell begins: a note whose first words are a heading. Null if it begins none. */
export function sectionLevel(cell: Cell): number | null {
  const [first] = headingsOf(cell);
  if (!first) return null;
  const before = cell.source.split("\n").slice(0, first.line);
  return before.every((line) => line.trim() === "") ? first.level : null;
}

/** The cells below a section's heading, up to the next heading of its level or above. */
export function cellsOfSection({ cells }: Notebook, heading: number): readonly Cell[] {
  const start = cells.findIndex(({ id }) => id === heading);
  const level = cells[start] ? sectionLevel(cells[start]) : null;
  if (level === null) return [];
  const rest = cells.slice(start + 1);
  const end = rest.findIndex((cell) => headingsOf(cell).some((each) => each.level <= level));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Ids of the cells that folded sections hide. */
export function hiddenCells(notebook: Notebook, folded: ReadonlySet<number>): ReadonlySet<number> {
  const hidden = new Set<number>();
  for (const heading of folded) for (const { id } of cellsOfSection(notebook, heading)) hidden.add(id);
  return hidden;
}

/** The folded sections that hide a cell. */
export function sectionsAround(notebook: Notebook, folded: ReadonlySet<number>, cell: number): number[] {
  return [...folded].filter((heading) => cellsOfSection(notebook, heading).some(({ id }) => id === cell));
}

/** The cells with those that their folded sections hide: what is moved or deleted takes them along. */
export function withHidden(
  notebook: Notebook,
  folded: ReadonlySet<number>,
  ids: readonly number[],
): number[] {
  const all = new Set(ids);
  for (const id of ids) if (folded.has(id)) for (const cell of cellsOfSection(notebook, id)) all.add(cell.id);
  return notebook.cells.map(({ id }) => id).filter((id) => all.has(id));
}
