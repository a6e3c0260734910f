import type { Store } from "../app/store.ts";
import { type CellStates, reduceStates } from "./cell-states.ts";
import type { SandboxLink } from "./sandbox-link.ts";

/** Time for a sandbox to end its runs before it counts as stuck. */
const answerMs = 300;
/** A sandbox that is stuck again so soon (ms) after it was replaced gets stuck by running its cells. */
const soonMs = 10_000;

/** Stops what runs in a sandbox, or replaces it. */
export class SandboxStopper {
  readonly #sandbox: SandboxLink;
  readonly #states: Store<CellStates>;
  #replaced = Number.NEGATIVE_INFINITY;

  constructor(sandbox: SandboxLink, states: Store<CellStates>) {
    this.#sandbox = sandbox;
    this.#states = states;
  }

  /**
   * Ends the present runs of browser cells, given in the order in which they began. A sandbox that answers ends them
   * itself, and nothing else is lost. One that does not is stuck, as far as can be known in the cell that began last:
   * the sandbox is replaced, that cell is held back, and the others run again.
   */
  stop(cells: readonly number[]): void {
    const guilty = cells.at(-1);
    if (guilty === undefined) return;
    const began = cells.map((id) => ({ id, since: this.#states.get().get(id)?.since }));
    this.#sandbox.post({ type: "stop", cells });
    setTimeout(() => {
      const goesOn = began.some(({ id, since }) => {
        const state = this.#states.get().get(id);
        return state?.status === "running" && state.since === since;
      });
      if (goesOn) this.#replace([guilty]);
    }, answerMs);
  }

  /**
   * Ends code that runs without end outside of any cell's run: in a timer or an event of a cell that is done. Which
   * cell's it is cannot be known. All run again, but if that was no help, none does until it is run by hand.
   * @param cells all browser cells
   */
  free(cells: readonly number[]): void {
    const again = performance.now() - this.#replaced < soonMs;
    this.#replaced = performance.now();
    this.#replace(again ? cells : []);
  }

  #replace(held: readonly number[]): void {
    const now = performance.now();
    for (const cell of held)
      this.#states.update((all) => reduceStates(all, { type: "status", cell, status: "stopped" }, now));
    this.#sandbox.restart(held);
  }
}
