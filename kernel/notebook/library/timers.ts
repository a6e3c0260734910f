/** Timers that end with the run that set them: an edited cell's interval does not go on beside the new one. */

/** What a timer calls, or in a browser code as text. */
type Callback = ((this: unknown, ...values: unknown[]) => unknown) | string;
type Start = (callback: Callback, ...rest: unknown[]) => unknown;
type Clear = (timer: unknown) => void;

/** Timers of one kind that a run has set, and that may still call. */
export class RunTimers {
  readonly clear: Clear;
  readonly #signal: () => AbortSignal;
  readonly #clear: Clear;
  readonly #pending = new Set<unknown>();
  #hears = false;

  /**
   * @param signal asked for with the first timer: most cells set none
   * @param clear the platform's; what is told about a timer of another run passes through to it
   */
  constructor(signal: () => AbortSignal, clear: (timer: never) => void) {
    this.#signal = signal;
    this.#clear = clear as Clear;
    this.clear = (timer) => {
      this.#pending.delete(timer);
      this.#clear(timer);
    };
  }

  /** A function that sets timers as the platform's `start` does; once the run is over they never call. */
  starter(start: (callback: never, ...rest: never[]) => unknown, repeats: boolean): Start {
    return (callback, ...rest) => {
      const { aborted } = this.#signal();
      const timer = (start as Start)(
        this.#guarded(callback, repeats, () => timer),
        ...rest,
      );
      if (aborted) this.#clear(timer);
      else this.#keep(timer);
      return timer;
    };
  }

  #guarded(callback: Callback, repeats: boolean, timer: () => unknown): Callback {
    if (typeof callback !== "function") return callback;
    const [signal, pending] = [this.#signal(), this.#pending];
    return function (this: unknown, ...values) {
      if (!repeats) pending.delete(timer());
      return signal.aborted ? undefined : callback.apply(this, values);
    };
  }

  #keep(timer: unknown): void {
    this.#pending.add(timer);
    if (this.#hears) return;
    this.#hears = true;
    this.#signal().addEventListener("abort", () => this.#clearAll(), { once: true });
  }

  #clearAll(): void {
    for (const timer of this.#pending) this.#clear(timer);
    this.#pending.clear();
  }
}
