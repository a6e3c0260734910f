/** Longest time from an edit to its saving, in ms: after the last edit, and while edits go on. */
export interface SaveTimes {
  readonly idle: number;
  readonly busy: number;
}

export const usualTimes: SaveTimes = { idle: 300, busy: 800 };

/** Runs disk work one at a time, and saving a little after the last edit. */
export class Saver {
  readonly #save: () => Promise<void>;
  readonly #times: SaveTimes;
  #timer: NodeJS.Timeout | null = null;
  #first = 0;
  #queue: Promise<void> = Promise.resolve();

  /** @param save must not throw */
  constructor(save: () => Promise<void>, times: SaveTimes) {
    this.#save = save;
    this.#times = times;
  }

  /** Something changed. */
  touch(): void {
    const now = Date.now();
    if (this.#timer) clearTimeout(this.#timer);
    else this.#first = now;
    const wait = Math.max(0, Math.min(this.#times.idle, this.#first + this.#times.busy - now));
    this.#timer = setTimeout(() => void this.now(), wait);
  }

  /** Saves at once, after what goes on already. */
  now(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    return this.run(this.#save);
  }

  /** Runs other work on the disk in turn. */
  run(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work);
    return this.#queue;
  }
}
