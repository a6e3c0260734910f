type Heights = Readonly<Record<number, number>>;

/** Time from a change to telling it, in ms. */
const delay = 1000;

/** Tells the heights of outputs that have come to rest, so that their room is kept for when the notebook is opened again. */
export class HeightReport {
  readonly #send: (heights: Heights) => void;
  #waiting: Record<number, number> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (heights: Heights) => void) {
    this.#send = send;
  }

  tell(heights: Heights): void {
    Object.assign(this.#waiting, heights);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  flush(): void {
    clearTimeout(this.#timer);
    const heights = this.#waiting;
    this.#waiting = {};
    if (Object.keys(heights).length > 0) this.#send(heights);
  }
}
