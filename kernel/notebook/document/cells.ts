import { type Cell, type Notebook, policyOf } from "./notebook.ts";
import type { CellFields } from "./operations.ts";

/** Id of the cell before a cell; null if it is the first, or not there. */
export function before(notebook: Notebook, id: number): number | null {
  const index = notebook.cells.findIndex((cell) => cell.id === id);
  return notebook.cells[index - 1]?.id ?? null;
}

/** Cells with one more, after the cell `after` (null: first). After a cell that is gone means last: nothing is lost. */
export function inserted(cells: readonly Cell[], cell: Cell, after: number | null): readonly Cell[] {
  if (after === null) return [cell, ...cells];
  const index = cells.findIndex((other) => other.id === after);
  return index < 0 ? [...cells, cell] : [...cells.slice(0, index + 1), cell, ...cells.slice(index + 1)];
}

const settable = [
  "mode",
  "place",
  "run",
  "name",
  "output",
  "database",
  "format",
  "pinned",
  "hidden",
  "attributes",
] as const satisfies readonly (keyof CellFields)[];

/** Those of `fields` that differ from the cell's; anything that `set` may not change is left out. */
export function changedFields(cell: Cell, fields: CellFields): CellFields {
  const changed = settable.filter((key) => fields[key] !== undefined && !same(cell[key], fields[key]));
  return Object.fromEntries(changed.map((key) => [key, fields[key]]));
}

/** The fields of `cell` that `fields` names. */
export function fieldsOf(cell: Cell, fields: CellFields): CellFields {
  const named = settable.filter((key) => key in fields);
  return Object.fromEntries(named.map((key) => [key, cell[key]]));
}

export function isEmpty(fields: CellFields): boolean {
  return Object.keys(fields).length === 0;
}

export function sameCell(a: Cell, b: Cell): boolean {
  return a.id === b.id && a.source === b.source && isEmpty(changedFields(a, b));
}

export function sameNotebook(a: Notebook, b: Notebook): boolean {
  if (a.title !== b.title || policyOf(a) !== policyOf(b) || a.cells.length !== b.cells.length) return false;
  return a.cells.every((cell, index) => {
    const other = b.cells[index];
    return other !== undefined && sameCell(cell, other);
  });
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}
