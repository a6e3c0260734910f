import type { GraphCell } from "./analysis.ts";

/** How a cell was reached: through a name that the cell `by` uses. */
interface Step {
  readonly by: number;
  readonly name: string;
}

/**
 * The shortest way round from the first of these cells to itself, as names: each is used by the cell that defines the
 * name before it. `members` must be strongly connected.
 */
export function shortestCycle(
  members: readonly number[],
  cells: ReadonlyMap<number, GraphCell>,
  definer: ReadonlyMap<string, number>,
): string[] {
  const [start] = members;
  if (start === undefined) return [];
  const inside = new Set(members);
  const steps = new Map<number, Step>();
  const queue = [start];
  for (const id of queue) {
    for (const name of cells.get(id)?.compiled.inputs ?? []) {
      const next = definer.get(name);
      if (next === undefined || next === id || !inside.has(next) || steps.has(next)) continue;
      steps.set(next, { by: id, name });
      if (next === start) return namesBack(start, steps);
      queue.push(next);
    }
  }
  return [];
}

function namesBack(start: number, steps: ReadonlyMap<number, Step>): string[] {
  const names: string[] = [];
  let step = steps.get(start);
  for (; step; step = step.by === start ? undefined : steps.get(step.by)) names.unshift(step.name);
  return rotated(names);
}

/** The start's own name first: it was found last. */
function rotated(names: readonly string[]): string[] {
  return [...names.slice(-1), ...names.slice(0, -1)];
}
