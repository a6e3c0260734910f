import type { Failure } from "../errors.ts";
import type { Analysis, GraphCell } from "./analysis.ts";
import { cyclesOf } from "./cycles.ts";
import { edgesOf } from "./edges.ts";
import { cycleFailures, duplicateFailures } from "./failures.ts";
import { crossingNames, definersOf, usersOf } from "./names.ts";
import { orderOf } from "./order.ts";

/**
 * Finds what depends on what, and which cells must not run. With the previous analysis, a cell whose text cannot be
 * read for the moment still counts as the definer of the names that it defined last. Time is linear in cells and uses.
 */
export function analyse(cells: readonly GraphCell[], previous?: Analysis): Analysis {
  const { definer, duplicates } = definersOf(cells, previous);
  const users = usersOf(cells);
  const { children, parents } = edgesOf(cells, definer);
  const cycles = cyclesOf(cells, parents);
  const failures = new Map<number, Failure>();
  for (const { id, compiled } of cells) if (compiled.failure) failures.set(id, compiled.failure);
  for (const [id, failure] of [...duplicateFailures(duplicates), ...cycleFailures(cycles, cells, definer)])
    if (!failures.has(id)) failures.set(id, failure);
  return {
    order: orderOf(cells, parents, new Set(cycles.flat())),
    definer,
    users,
    children,
    parents,
    crossing: crossingNames(cells, definer),
    failures,
  };
}
