import { durationText } from "../app/format.ts";
import type { CellState } from "./cell-states.ts";
import { useElapsed } from "./use-elapsed.ts";

/** Runs shorter than this (ms) are not worth a word. */
const noticed = 100;

/** How long the last run took, or the present one takes; or why what stands there may not hold. */
export function CellTime({ state }: { readonly state: CellState }) {
  const elapsed = useElapsed(state);
  if (elapsed !== null) return <span className="time running number">{durationText(elapsed)}</span>;
  if (state.status === "stopped") return <span className="time">stopped</span>;
  if (state.status !== "done" || state.ms === undefined || state.ms < noticed) return null;
  return <span className="time number">{durationText(state.ms)}</span>;
}
