import type { CellState, CellStates } from "./cell-states.ts";

/** A run of at least so long (ms) is one that people turn away from. */
export const longMs = 5_000;

export interface EndedRun {
  readonly cell: number;
  readonly ok: boolean;
  readonly ms: number;
}

/**
 * The long runs that have ended from one state of the cells to another.
 * @param now `performance.now()`
 */
export function endedRuns(before: CellStates, after: CellStates, now: number): EndedRun[] {
  const ended: EndedRun[] = [];
  for (const [cell, was] of before) {
    if (was.status !== "running") continue;
    const run = endOf(was, after.get(cell), now);
    if (run && run.ms >= longMs) ended.push({ cell, ...run });
  }
  return ended;
}

function endOf(was: CellState, is: CellState | undefined, now: number): { ok: boolean; ms: number } | null {
  if (is?.status === "done") return { ok: true, ms: now - was.since };
  if (is?.status === "failed" && is.failure?.kind !== "stopped") return { ok: false, ms: now - was.since };
  return null;
}
