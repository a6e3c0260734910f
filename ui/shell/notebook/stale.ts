import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import type { CellStates } from "./cell-states.ts";
import { isChanged, type Program } from "./program.ts";

/** Cells that are out of date, in the notebook's order; with `edited`, also those whose text has changed since they ran. */
export function staleOf(
  cells: readonly Cell[],
  edited: boolean,
  states: CellStates,
  program: Program,
): number[] {
  const runnable = cells.filter(({ run }) => run !== "off");
  const isStale = (cell: Cell) =>
    states.get(cell.id)?.status === "stale" || (edited && isChanged(cell, program.cells.get(cell.id)));
  return runnable.filter(isStale).map(({ id }) => id);
}
