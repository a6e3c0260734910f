import type { Store } from "../app/store.ts";
import { type CellStates, reduceStates } from "./cell-states.ts";
import type { SandboxLink } from "./sandbox-link.ts";

/** Time for a sandbox to end its runs before it counts as stuck. */
const answerMs = 300;

/**
 * Ends the present runs of browser cells, given in the order in which they began. A sandbox that answers ends them
 * itself, and nothing else is lost. One that does not is stuck, as far as can be known in the cell that began last:
 * the sandbox is replaced, that cell is held back, and the others run again.
 */
export function stopInSandbox(
  sandbox: SandboxLink,
  states: Store<CellStates>,
  cells: readonly number[],
): void {
  const guilty = cells.at(-1);
  if (guilty === undefined) return;
  const began = cells.map((id) => ({ id, since: states.get().get(id)?.since }));
  sandbox.post({ type: "stop", cells });
  setTimeout(() => {
    const goesOn = began.some(({ id, since }) => {
      const state = states.get().get(id);
      return state?.status === "running" && state.since === since;
    });
    if (!goesOn) return;
    const stopped = { type: "status", cell: guilty, status: "stopped" } as const;
    states.update((all) => reduceStates(all, stopped, performance.now()));
    sandbox.restart([guilty]);
  }, answerMs);
}
