/** Does work piece by piece between frames, most urgent first, so that hundreds of editors never block the page. */
export class WorkQueue {
  readonly #waiting = new Map<object, { readonly urgency: number; readonly work: () => void }>();
  #planned = false;

  /** Plans work for an owner, in place of what was planned for it. Lower urgency numbers come first. */
  add(owner: object, urgency: number, work: () => void): void {
    this.#waiting.set(owner, { urgency, work });
    this.#plan();
  }

  remove(owner: object): void {
    this.#waiting.delete(owner);
  }

  #plan(): void {
    if (this.#planned || this.#waiting.size === 0) return;
    this.#planned = true;
    requestAnimationFrame(() => setTimeout(() => this.#run(), 0));
  }

  #run(): void {
    this.#planned = false;
    const end = performance.now() + sliceMs;
    while (this.#waiting.size > 0 && performance.now() < end) {
      const [owner, { work }] = this.#first();
      this.#waiting.delete(owner);
      work();
    }
    this.#plan();
  }

  #first(): [object, { readonly urgency: number; readonly work: () => void }] {
    const entries = [...this.#waiting];
    return entries.reduce((best, entry) => (entry[1].urgency < best[1].urgency ? entry : best));
  }
}

/** A frame's share for work that nobody waits for. */
const sliceMs = 8;
