import type { Failure } from "../errors.ts";
import type { GraphCell } from "./analysis.ts";
import { shortestCycle } from "./shortest-cycle.ts";

type CellFailure = readonly [cell: number, failure: Failure];

/** Every cell that defines a name which another one defines too. */
export function duplicateFailures(duplicates: ReadonlyMap<string, readonly number[]>): CellFailure[] {
  const found = new Map<number, Failure>();
  for (const [name, cells] of duplicates) {
    const failure = duplicateFailure(name, cells);
    for (const cell of cells) if (!found.has(cell)) found.set(cell, failure);
  }
  return [...found];
}

export function duplicateFailure(name: string, cells: readonly number[]): Failure {
  return {
    kind: "duplicate",
    message: `${name} is defined in ${listed(cells)}`,
    remedy: "rename one of them, or delete it",
    cells,
  };
}

/** Every cell of a cycle, with the names that go around. */
export function cycleFailures(
  cycles: readonly (readonly number[])[],
  cells: readonly GraphCell[],
  definer: ReadonlyMap<string, number>,
): CellFailure[] {
  if (cycles.length === 0) return [];
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  return cycles.flatMap((members) => {
    const failure = cycleFailure(members, byId, definer);
    return members.map((id) => [id, failure] as const);
  });
}

export function cycleFailure(
  members: readonly number[],
  byId: ReadonlyMap<number, GraphCell>,
  definer: ReadonlyMap<string, number>,
): Failure {
  const path = shortestCycle(members, byId, definer);
  const others = members.length - path.length;
  return {
    kind: "cycle",
    message: `circular definition: ${arrows(path)}${others > 0 ? ` (and ${others} more)` : ""}`,
    remedy: "compute one of these names without the others, or define them together in one cell",
    cells: members,
    names: Object.fromEntries(path.flatMap((name) => entryOf(name, definer))),
  };
}

function entryOf(name: string, definer: ReadonlyMap<string, number>): [string, number][] {
  const cell = definer.get(name);
  return cell === undefined ? [] : [[name, cell]];
}

const shown = 12;

/** `a → b → a`; a long way round is shortened in its middle. */
function arrows(path: readonly string[]): string {
  const round = [...path, path[0] ?? ""];
  if (round.length <= shown) return round.join(" → ");
  const half = shown / 2;
  const left = `${round.length - shown} more`;
  return [...round.slice(0, half), `(${left})`, ...round.slice(-half)].join(" → ");
}

function listed(cells: readonly number[]): string {
  const names = cells.map((id) => `cell ${id}`);
  return names.length === 2 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
