/** Calls `rest` once nothing has happened for a time, if the kernel is idle then; if not, waits as long again. */
export class IdleTimer {
  readonly #ms: number | null;
  readonly #isIdle: () => boolean;
  readonly #rest: () => void;
  #timer: NodeJS.Timeout | null = null;
  #touched = 0;

  /** @param ms null: never */
  constructor(ms: number | null, isIdle: () => boolean, rest: () => void) {
    this.#ms = ms;
    this.#isIdle = isIdle;
    this.#rest = rest;
  }

  /** Something happened. Called often: the timer that runs is left to run. */
  touch(): void {
    this.#touched = performance.now();
    if (this.#ms !== null && !this.#timer) this.#wait(this.#ms);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#look(), ms).unref();
  }

  #look(): void {
    this.#timer = null;
    const whole = this.#ms ?? 0;
    const left = whole - (performance.now() - this.#touched);
    if (left > 1) this.#wait(left);
    else if (this.#isIdle()) this.#rest();
    else this.#wait(whole);
  }
}
