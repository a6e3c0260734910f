import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import type { ProgramChange } from "../../../kernel/notebook/protocol.ts";

/** The cells as last run: the sum of all changes so far. */
export interface Program {
  readonly version: number;
  readonly order: readonly number[];
  readonly cells: ReadonlyMap<number, Cell>;
  readonly lazy: boolean;
}

export const emptyProgram: Program = { version: 0, order: [], cells: new Map(), lazy: false };

export function applyChange(program: Program, change: ProgramChange): Program {
  const given = new Map(change.cells.map((cell) => [cell.id, cell]));
  const cells = new Map<number, Cell>();
  for (const id of change.order) {
    const cell = given.get(id) ?? program.cells.get(id);
    if (cell) cells.set(id, cell);
  }
  return { version: change.version, order: change.order, cells, lazy: change.lazy ?? false };
}

/** The program as one change, for a place that has nothing yet. */
export function wholeProgram({ version, order, cells, lazy }: Program): ProgramChange {
  return { version, order, cells: [...cells.values()], rerun: [], ...(lazy ? { lazy } : {}) };
}

/** Whether a cell's text or settings differ from those that it last ran with. */
export function isChanged(cell: Cell, ran: Cell | undefined): boolean {
  if (!ran) return cell.source.trim() !== "";
  return (
    cell.source !== ran.source ||
    cell.mode !== ran.mode ||
    cell.place !== ran.place ||
    cell.output !== ran.output ||
    cell.database !== ran.database ||
    cell.format !== ran.format
  );
}
