/** How many times as long as its work took something rests, so that it never takes up a process's time. */
const restPerWork = 8;

/** Work that is asked for again and again and done once for all that was asked, in a coming turn of the event loop. */
export class Paced {
  readonly #work: () => void;
  #asked = false;
  #restsUntil = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    const rest = this.#restsUntil - performance.now();
    if (rest <= 0) setImmediate(this.#go);
    else setTimeout(this.#go, rest);
  }

  readonly #go = (): void => {
    this.#asked = false;
    const start = performance.now();
    this.#work();
    const took = performance.now() - start;
    this.#restsUntil = start + took * (1 + restPerWork);
  };
}
