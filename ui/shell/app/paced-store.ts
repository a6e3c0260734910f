import { Store } from "./store.ts";

/** In a hidden page there are no frames; it is told all the same. */
const hiddenMs = 250;

/**
 * Holds each value at once, and tells of what has changed once a frame: what comes and goes within a frame is never
 * rendered, and keeps nothing waiting that is on its way through the page.
 */
export class PacedStore<T> extends Store<T> {
  readonly #later: (tell: () => void) => void;
  #planned = false;

  constructor(value: T, later: (tell: () => void) => void = nextFrame) {
    super(value);
    this.#later = later;
  }

  protected override tell(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#later(() => {
      this.#planned = false;
      super.tell();
    });
  }
}

function nextFrame(callback: () => void): void {
  const go = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    callback();
  };
  const timer = setTimeout(go, hiddenMs);
  const frame = requestAnimationFrame(go);
}
