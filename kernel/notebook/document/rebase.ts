import { apply } from "./apply.ts";
import { before } from "./cells.ts";
import { findCell, type Notebook } from "./notebook.ts";
import type { Operation } from "./operations.ts";
import { transform } from "./transform.ts";

export interface Rebased {
  /** To apply after theirs: one for each of mine, null where nothing is left to do. */
  readonly mine: readonly (Operation | null)[];
  /** To apply after mine. */
  readonly theirs: readonly Operation[];
}

/**
 * Carries two rows of operations over each other. Theirs come first in the server's order. A cell of mine whose id they
 * gave to another cell gets a free id, so that both cells stay.
 * @param notebook that both rows start from
 */
export function rebase(
  notebook: Notebook,
  mine: readonly Operation[],
  theirs: readonly Operation[],
): Rebased {
  let state = notebook;
  let left: readonly (Operation | null)[] = mine;
  const carried: Operation[] = [];
  for (const their of theirs) {
    const free = makeRoom(state, left, their);
    carried.push(...free.renamed);
    const step = over(state, free.mine, their);
    if (step.their) carried.push(step.their);
    left = step.mine;
    state = apply(state, their);
  }
  return { mine: left, theirs: carried };
}

type Row = readonly (Operation | null)[];

function over(notebook: Notebook, mine: Row, their: Operation): { mine: Row; their: Operation | null } {
  let state = notebook;
  let last: Operation | null = their;
  const next = mine.map((operation) => {
    if (!operation || !last) return operation;
    const carried = transform(state, operation, last, "right");
    last = transform(state, last, operation, "left");
    state = apply(state, operation);
    return carried;
  });
  return { mine: next, their: last };
}

/** Far above the ids that people get, so that cells which a client adds meanwhile do not meet it. */
const farIds = 2 ** 20;

/** Gives my cell another id if they inserted one of the same id; `renamed` does that to a notebook that has my cell. */
function makeRoom(notebook: Notebook, mine: Row, their: Operation): { mine: Row; renamed: Operation[] } {
  const none = { mine, renamed: [] };
  if (their.type !== "insert" || findCell(notebook, their.cell.id)) return none;
  const { id } = their.cell;
  const start = mine.findIndex((operation) => operation?.type === "insert" && operation.cell.id === id);
  if (start < 0) return none;
  const to = freeId(notebook, mine, id);
  const rename = (operation: Operation | null) => operation && renumber(operation, id, to);
  const end = states(notebook, mine);
  return {
    mine: [...mine.slice(0, start), ...mine.slice(start).map(rename)],
    renamed: replacement(end, id, to),
  };
}

function states(notebook: Notebook, row: Row): Notebook {
  return row.reduce<Notebook>((state, operation) => (operation ? apply(state, operation) : state), notebook);
}

function replacement(notebook: Notebook, id: number, to: number): Operation[] {
  const cell = findCell(notebook, id);
  if (!cell) return [];
  const after = before(notebook, id);
  return [
    { type: "delete", cell: id },
    { type: "insert", cell: { ...cell, id: to }, after },
  ];
}

function freeId(notebook: Notebook, mine: Row, id: number): number {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  for (const operation of mine) if (operation?.type === "insert") taken.add(operation.cell.id);
  let free = id + farIds;
  while (taken.has(free)) free += farIds;
  return free;
}

function renumber(operation: Operation, from: number, to: number): Operation {
  const swap = <T extends number | null>(id: T): T | number => (id === from ? to : id);
  switch (operation.type) {
    case "title":
    case "policy":
      return operation;
    case "insert":
      return {
        ...operation,
        cell: { ...operation.cell, id: swap(operation.cell.id) },
        after: swap(operation.after),
      };
    case "move":
      return { ...operation, cell: swap(operation.cell), after: swap(operation.after) };
    case "delete":
    case "edit":
    case "set":
      return { ...operation, cell: swap(operation.cell) };
  }
}
