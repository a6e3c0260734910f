import { apply } from "./apply.ts";
import { changedFields, isEmpty } from "./cells.ts";
import { type Cell, findCell, type Notebook, policyOf } from "./notebook.ts";
import type { Operation } from "./operations.ts";
import { textDifference } from "./text-difference.ts";

/** Operations that make `to` of `from`, cell by cell and as few as needed. Cells are the same if their ids are. */
export function difference(from: Notebook, to: Notebook): Operation[] {
  const operations: Operation[] = [];
  let state = from;
  const add = (operation: Operation) => {
    operations.push(operation);
    state = apply(state, operation);
  };
  if (from.title !== to.title) add({ type: "title", title: to.title });
  if (policyOf(from) !== policyOf(to)) add({ type: "policy", run: policyOf(to) });
  for (const cell of from.cells) if (!findCell(to, cell.id)) add({ type: "delete", cell: cell.id });
  const staying = unmoved(from, to);
  let after: number | null = null;
  for (const cell of to.cells) {
    const old = findCell(from, cell.id);
    if (!old) add({ type: "insert", cell, after });
    else if (!staying.has(cell.id)) add({ type: "move", cell: cell.id, after });
    if (old && old !== cell) for (const change of cellDifference(old, cell)) add(change);
    after = cell.id;
  }
  return operations;
}

function cellDifference(from: Cell, to: Cell): Operation[] {
  const operations: Operation[] = [];
  const fields = changedFields(from, to);
  if (!isEmpty(fields)) operations.push({ type: "set", cell: to.id, fields });
  if (from.source !== to.source)
    operations.push({ type: "edit", cell: to.id, changes: textDifference(from.source, to.source).toJSON() });
  return operations;
}

/** Ids of the most cells that stand in the same order in both. */
function unmoved(from: Notebook, to: Notebook): Set<number> {
  const position = new Map(to.cells.map((cell, index) => [cell.id, index]));
  const common = from.cells.filter((cell) => position.has(cell.id)).map((cell) => cell.id);
  return new Set(longestIncreasing(common, (id) => position.get(id) ?? 0));
}

/** The longest subsequence whose keys rise. */
function longestIncreasing<T>(items: readonly T[], key: (item: T) => number): T[] {
  interface Link {
    readonly item: T;
    readonly back: Link | undefined;
  }
  const ends: Link[] = [];
  for (const item of items) {
    const at = firstNotBelow(ends, key(item), (link) => key(link.item));
    ends[at] = { item, back: ends[at - 1] };
  }
  const rising: T[] = [];
  for (let link = ends.at(-1); link; link = link.back) rising.unshift(link.item);
  return rising;
}

function firstNotBelow<T>(sorted: readonly T[], value: number, key: (item: T) => number): number {
  const index = sorted.findIndex((item) => key(item) >= value);
  return index < 0 ? sorted.length : index;
}
