import type { Followable } from "../runtime/followable.ts";

type Step = { readonly done: boolean; readonly value: unknown };

/** Yields the latest value that was put in, and is done when `end` was called: to show what another reader takes. */
export class LatestValue implements Followable {
  #waiting: Step | null = null;
  #resolve: ((step: Step) => void) | null = null;
  #ended = false;

  put(value: unknown): void {
    if (!this.#ended) this.#give({ done: false, value });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#waiting) this.#give(over);
  }

  next(): Promise<Step> {
    const step = this.#waiting;
    this.#waiting = null;
    if (step) return Promise.resolve(step);
    if (this.#ended) return Promise.resolve(over);
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  return(): Step {
    this.end();
    return over;
  }

  #give(step: Step): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    if (resolve) resolve(step);
    else this.#waiting = step;
  }
}

const over: Step = { done: true, value: undefined };
