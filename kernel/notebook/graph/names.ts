import type { Place } from "../document/notebook.ts";
import type { Analysis, GraphCell } from "./analysis.ts";

export interface Definers {
  /** The one cell that defines each name. */
  readonly definer: ReadonlyMap<string, number>;
  /** Names that several cells define, with those cells. */
  readonly duplicates: ReadonlyMap<string, readonly number[]>;
}

export function definersOf(cells: readonly GraphCell[], previous?: Analysis): Definers {
  const all = new Map<string, number[]>();
  for (const cell of cells) for (const name of cell.compiled.outputs) add(all, name, cell.id);
  for (const [name, id] of lastDefined(cells, previous)) if (!all.has(name)) all.set(name, [id]);
  const definer = new Map<string, number>();
  const duplicates = new Map<string, number[]>();
  for (const [name, ids] of all) {
    const [first] = ids;
    if (ids.length > 1) duplicates.set(name, ids);
    else if (first !== undefined) definer.set(name, first);
  }
  return { definer, duplicates };
}

/** What cells that cannot be read at the moment defined when they last could. */
function lastDefined(cells: readonly GraphCell[], previous?: Analysis): [string, number][] {
  const unread = new Set(
    cells.filter(({ compiled }) => compiled.failure && compiled.outputs.length === 0).map(({ id }) => id),
  );
  if (unread.size === 0 || !previous) return [];
  return [...previous.definer].filter(([, id]) => unread.has(id));
}

export function usersOf(cells: readonly GraphCell[]): ReadonlyMap<string, readonly number[]> {
  const users = new Map<string, number[]>();
  for (const cell of cells) for (const name of cell.compiled.inputs) add(users, name, cell.id);
  return users;
}

/** Names that a cell of another place uses, with the place that defines them. */
export function crossingNames(
  cells: readonly GraphCell[],
  definer: ReadonlyMap<string, number>,
): ReadonlyMap<string, Place> {
  const places = new Map(cells.map(({ id, place }) => [id, place]));
  const crossing = new Map<string, Place>();
  for (const { compiled, place } of cells) {
    for (const name of compiled.inputs) {
      const home = places.get(definer.get(name) ?? Number.NaN);
      if (home !== undefined && home !== place) crossing.set(name, home);
    }
  }
  return crossing;
}

function add<K>(lists: Map<K, number[]>, key: K, id: number): void {
  const list = lists.get(key);
  if (list) list.push(id);
  else lists.set(key, [id]);
}
