import { UserError } from "../errors.ts";

/** Long work in slices, so that the thread stays free for others. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #slice: number;
  #until: number;

  /** @param slice ms of work between two rests */
  constructor(signal?: AbortSignal, slice = 8) {
    this.#signal = signal;
    this.#slice = slice;
    this.#until = performance.now() + slice;
  }

  /** Whether it is time to rest; asked every few thousand steps. */
  get due(): boolean {
    return performance.now() >= this.#until;
  }

  /** @throws UserError kind "stopped" when the signal has fired */
  async rest(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (this.#signal?.aborted) throw stopped();
    this.#until = performance.now() + this.#slice;
  }

  /** Does `step` for each number below `count`, resting when it is due. */
  async each(count: number, step: (index: number) => void): Promise<void> {
    for (let from = 0; from < count; from += run) {
      const to = Math.min(count, from + run);
      for (let index = from; index < to; index++) step(index);
      if (this.due) await this.rest();
    }
  }
}

const run = 1024;

export const stopped = (): UserError =>
  new UserError({ kind: "stopped", message: "the table was asked for something else meanwhile" });
