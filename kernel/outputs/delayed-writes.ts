/** Time from telling to writing, in ms. */
const delay = 500;

/** Values by key that are written together half a second later; of each key the last. */
export class DelayedWrites<T> {
  readonly #waiting = new Map<string, T>();
  readonly #write: (values: readonly T[], keys: readonly string[]) => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(write: (values: readonly T[], keys: readonly string[]) => void) {
    this.#write = write;
  }

  put(key: string, value: T): void {
    this.#waiting.set(key, value);
    this.#timer ??= setTimeout(() => this.flush(), delay).unref();
  }

  waiting(key: string): T | undefined {
    return this.#waiting.get(key);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.size === 0) return;
    const [values, keys] = [[...this.#waiting.values()], [...this.#waiting.keys()]];
    this.#waiting.clear();
    this.#write(values, keys);
  }
}
