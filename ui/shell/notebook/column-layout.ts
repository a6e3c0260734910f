export interface Layout {
  readonly tops: Readonly<Record<number, number>>;
  readonly left: number;
  readonly width: number;
}

/** Keeps each cell's slot as high as its output and tells the sandbox, at most once per frame, where the slots are. */
export class ColumnLayout {
  #column: HTMLElement | null = null;
  readonly #post: (layout: Layout) => void;
  readonly #slots = new Map<number, HTMLElement>();
  readonly #heights = new Map<number, number>();
  readonly #observer = new ResizeObserver(() => this.plan());
  #frame = 0;
  #last = "";

  constructor(post: (layout: Layout) => void) {
    this.#post = post;
  }

  /** The element that the sandbox spans and that positions refer to. */
  setColumn(column: HTMLElement): void {
    this.#column = column;
    this.#observer.observe(column);
  }

  /** A cell's slot appeared. Returns what to call when it goes. */
  add(cell: number, slot: HTMLElement): () => void {
    this.#slots.set(cell, slot);
    slot.style.height = `${this.#heights.get(cell) ?? 0}px`;
    const section = slot.closest("section");
    if (section) this.#observer.observe(section);
    this.plan();
    return () => {
      if (section) this.#observer.unobserve(section);
      if (this.#slots.get(cell) === slot) this.#slots.delete(cell);
      this.plan();
    };
  }

  /** Room (px) for outputs that have not been measured yet. */
  reserve(heights: Readonly<Record<number, number>>): void {
    const unknown = Object.entries(heights).filter(([cell]) => !this.#heights.has(Number(cell)));
    this.setHeights(Object.fromEntries(unknown));
  }

  /** The sandbox measured outputs (px). */
  setHeights(heights: Readonly<Record<number, number>>): void {
    for (const [key, height] of Object.entries(heights)) {
      const cell = Number(key);
      this.#heights.set(cell, height);
      const slot = this.#slots.get(cell);
      if (slot) slot.style.height = `${height}px`;
    }
    this.plan();
  }

  /** Measures in the next frame and sends what changed. */
  readonly plan = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#send();
    });
  };

  /** A new sandbox knows nothing: sends everything. */
  resend(): void {
    this.#last = "";
    this.#send();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
  }

  #send(): void {
    if (!this.#column) return;
    const layout = this.#measure(this.#column);
    const text = JSON.stringify(layout);
    if (text === this.#last) return;
    this.#last = text;
    this.#post(layout);
  }

  #measure(column: HTMLElement): Layout {
    const origin = column.getBoundingClientRect();
    const tops: Record<number, number> = {};
    let left = 0;
    let width = origin.width;
    for (const [cell, slot] of this.#slots) {
      const box = slot.getBoundingClientRect();
      tops[cell] = Math.round(box.top - origin.top);
      left = Math.round(box.left - origin.left);
      width = Math.round(box.width);
    }
    return { tops, left, width };
  }
}
