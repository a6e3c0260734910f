interface Placement {
  readonly tops: Readonly<Record<number, number>>;
  readonly left: number;
  readonly width: number;
}

/** Places each cell's output where the page around has its slot, and tells heights, all changes of a frame at once. */
export class Layout {
  readonly #slots = new Map<number, HTMLElement>();
  readonly #column: HTMLElement;
  readonly #tell: (heights: Readonly<Record<number, number>>) => void;
  readonly #observer = new ResizeObserver((entries) => this.#resized(entries));
  #placement: Placement = { tops: {}, left: 0, width: 0 };
  readonly #known = new Map<number, number>();
  #heights: Record<number, number> = {};
  #frame = 0;

  constructor(column: HTMLElement, tell: (heights: Readonly<Record<number, number>>) => void) {
    this.#column = column;
    this.#tell = tell;
  }

  /** The element that holds a cell's output; made when first asked for. */
  slot(cell: number): HTMLElement {
    const known = this.#slots.get(cell);
    if (known) return known;
    const slot = document.createElement("div");
    slot.className = "pc-cell pc-outputs";
    slot.dataset.cell = String(cell);
    this.#slots.set(cell, slot);
    this.#placeSlot(cell, slot);
    this.#column.append(slot);
    this.#observer.observe(slot);
    return slot;
  }

  /** Height of a cell's output as it was last drawn, in px. */
  height(cell: number): number {
    return this.#known.get(cell) ?? 0;
  }

  place(placement: Placement): void {
    this.#placement = placement;
    this.#column.style.left = `${placement.left}px`;
    this.#column.style.width = `${placement.width}px`;
    for (const [cell, slot] of this.#slots) this.#placeSlot(cell, slot);
  }

  remove(cell: number): void {
    const slot = this.#slots.get(cell);
    if (!slot) return;
    this.#observer.unobserve(slot);
    slot.remove();
    this.#slots.delete(cell);
    this.#report(cell, 0);
    this.#known.delete(cell);
  }

  /** A cell without a place keeps its size, so that its height is known before it is shown. */
  #placeSlot(cell: number, slot: HTMLElement): void {
    const top = this.#placement.tops[cell];
    slot.toggleAttribute("data-hidden", top === undefined);
    slot.style.top = `${top ?? 0}px`;
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const cell = Number((target as HTMLElement).dataset.cell);
      markWide(target);
      this.#report(cell, Math.ceil(borderBoxSize[0]?.blockSize ?? 0));
    }
  }

  #report(cell: number, height: number): void {
    if (this.#known.get(cell) === height) return;
    this.#known.set(cell, height);
    this.#heights[cell] = height;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#tell(this.#heights);
      this.#heights = {};
    });
  }
}

/** What is wider than the column scrolls; what fits may draw over its edges, as charts' tips do. */
function markWide(slot: Element): void {
  for (const output of slot.children)
    output.toggleAttribute("data-wide", output.scrollWidth > output.clientWidth + 1);
}
