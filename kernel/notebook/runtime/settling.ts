import type { LiveCell } from "./live-cell.ts";
import type { Scheduler } from "./scheduler.ts";

/** Knows whether any cell runs or waits, and tells when none does. */
export class Settling {
  readonly #scheduler: Scheduler;
  /** Those that run or wait. */
  readonly #busy = new Set<LiveCell>();
  #whenSettled: (() => void)[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** A cell began or ceased to run or wait. */
  changed(cell: LiveCell): void {
    if (cell.busy) this.#busy.add(cell);
    else this.#busy.delete(cell);
    this.check();
  }

  forget(cell: LiveCell): void {
    this.#busy.delete(cell);
  }

  /** Resolves as soon as no cell runs or waits. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenSettled.push(resolve);
      this.check();
    });
  }

  check(): void {
    if (this.#whenSettled.length === 0) return;
    const announced = this.#scheduler.announced();
    if (announced) {
      void announced.then(() => this.check());
      return;
    }
    if (this.#busy.size > 0) return;
    for (const resolve of this.#whenSettled) resolve();
    this.#whenSettled = [];
  }
}
