import { type Cell, type Notebook, placeOf, policyOf } from "../notebook/document/notebook.ts";
import type { ProgramChange } from "../notebook/protocol.ts";

/** The cells as last run, of which the document's are the newer text. Immutable. */
export interface Program {
  /** Counts the changes, from 0. */
  readonly version: number;
  readonly order: readonly number[];
  readonly cells: ReadonlyMap<number, Cell>;
  /** Whether cells wait to be run by hand. */
  readonly lazy: boolean;
  /** Cells that were deleted, as last run: one that comes back as it was runs again. */
  readonly deleted: ReadonlyMap<number, Cell>;
}

export interface ProgramStep {
  readonly program: Program;
  readonly change: ProgramChange;
}

export const emptyProgram: Program = {
  version: 0,
  lazy: false,
  order: [],
  cells: new Map(),
  deleted: new Map(),
};

/** All cells with their present text, as when a notebook is opened or gets trusted. */
export function wholeProgram(program: Program, notebook: Notebook): ProgramStep {
  return commit(program, notebook, notebook.cells, []);
}

/** Takes over the present text of the named cells and runs them. Unknown ids are passed over. */
export function runCells(program: Program, notebook: Notebook, ids: readonly number[]): ProgramStep {
  const chosen = notebook.cells.filter((cell) => ids.includes(cell.id));
  const chosenIds = chosen.map((cell) => cell.id);
  return commit(program, notebook, chosen, chosenIds);
}

/**
 * What the program takes from the document without being asked: deletions, order, cells that came back as they
 * were, and settings (place, run policy, name, output, database) of cells whose text is the one last run. Null when
 * nothing follows. Text and mode wait for `runCells`.
 */
export function followDocument(program: Program, notebook: Notebook): ProgramStep | null {
  const followed = notebook.cells.filter((cell) => follows(program, cell));
  const back = new Set(followed.map((cell) => cell.id));
  const order = orderOf(notebook, (id) => program.cells.has(id) || back.has(id));
  const settled =
    followed.length === 0 && sameList(order, program.order) && program.lazy === isLazy(notebook);
  return settled ? null : commit(program, notebook, followed, []);
}

/** Runs cells again whose modules changed, as their policies say. */
export function touchCells(program: Program, touched: readonly number[]): ProgramStep {
  const version = program.version + 1;
  return {
    program: { ...program, version },
    change: { version, order: program.order, cells: [], rerun: [], touched },
  };
}

/** Everything as one change, for a place that starts with nothing. */
export function fullChange(program: Program): ProgramChange {
  const cells = program.order.flatMap((id) => program.cells.get(id) ?? []);
  return { version: program.version, order: program.order, cells, rerun: [], ...lazyOf(program.lazy) };
}

export function hasKernelCells(program: Program): boolean {
  return [...program.cells.values()].some((cell) => placeOf(cell) === "kernel");
}

function follows(program: Program, cell: Cell): boolean {
  const last = program.cells.get(cell.id);
  if (last) return last !== cell && sameText(last, cell) && !sameSettings(last, cell);
  const gone = program.deleted.get(cell.id);
  return gone !== undefined && sameText(gone, cell);
}

function sameText(a: Cell, b: Cell): boolean {
  return a.source === b.source && a.mode === b.mode;
}

const settings = ["place", "run", "name", "output", "database", "format", "pinned", "hidden"] as const;

function sameSettings(a: Cell, b: Cell): boolean {
  return settings.every((key) => a[key] === b[key]);
}

function commit(
  program: Program,
  notebook: Notebook,
  changed: readonly Cell[],
  rerun: readonly number[],
): ProgramStep {
  const merged = new Map([...program.cells, ...changed.map((cell) => [cell.id, cell] as const)]);
  const order = orderOf(notebook, (id) => merged.has(id));
  const cells = new Map(order.flatMap((id) => entry(merged, id)));
  const version = program.version + 1;
  const lazy = isLazy(notebook);
  const next = { version, lazy, order, cells, deleted: deletedAfter(program, merged, cells) };
  return { program: next, change: { version, order, cells: changed, rerun, ...lazyOf(lazy) } };
}

function isLazy(notebook: Notebook): boolean {
  return policyOf(notebook) === "lazy";
}

function lazyOf(lazy: boolean): { lazy?: true } {
  return lazy ? { lazy } : {};
}

function deletedAfter(program: Program, merged: ReadonlyMap<number, Cell>, left: ReadonlyMap<number, Cell>) {
  const gone = [...program.deleted, ...merged].filter(([id]) => !left.has(id));
  return new Map(gone);
}

function orderOf(notebook: Notebook, has: (id: number) => boolean): number[] {
  return notebook.cells.map((cell) => cell.id).filter(has);
}

function entry(cells: ReadonlyMap<number, Cell>, id: number): [number, Cell][] {
  const cell = cells.get(id);
  return cell ? [[id, cell]] : [];
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
