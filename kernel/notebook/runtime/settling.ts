import type { LiveCell } from "./live-cell.ts";
import type { Scheduler } from "./scheduler.ts";

/** Knows whether any cell runs or waits, and tells when none does. */
export class Settling {
  readonly #scheduler: Scheduler;
  /** How many run or wait. */
  #busy = 0;
  #whenSettled: (() => void)[] = [];
  /** It is looked at again in any case, when the announced wave has begun. */
  #isArmed = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** A cell began or ceased to run or wait. */
  changed(cell: LiveCell): void {
    this.#count(cell, cell.busy);
    this.check();
  }

  forget(cell: LiveCell): void {
    this.#count(cell, false);
  }

  /** Resolves as soon as no cell runs or waits. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenSettled.push(resolve);
      this.check();
    });
  }

  check(): void {
    if (this.#whenSettled.length === 0 || this.#busy > 0 || this.#isArmed) return;
    const announced = this.#scheduler.announced();
    if (announced) return this.#checkAfter(announced);
    for (const resolve of this.#whenSettled) resolve();
    this.#whenSettled = [];
  }

  /** What was to be looked at again may have got lost with the microtasks of code that was terminated. */
  recover(): void {
    this.#isArmed = false;
    this.check();
  }

  #count(cell: LiveCell, counts: boolean): void {
    if (cell.isCounted === counts) return;
    cell.isCounted = counts;
    this.#busy += counts ? 1 : -1;
  }

  #checkAfter(announced: Promise<void>): void {
    this.#isArmed = true;
    void announced.then(() => {
      this.#isArmed = false;
      this.check();
    });
  }
}
