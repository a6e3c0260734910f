/** Elements taller than this are not laid out correctly everywhere. */
const tallest = 8_000_000;

/**
 * Scrolling through more rows than an element can be tall. `top` is where the reader is, in px of all rows;
 * the scroll bar's own px are fewer by `ratio`. Small movements count as they are, leaps of the bar by `ratio`.
 */
export class ScrollModel {
  readonly height: number;
  /** Height of the element that makes the scroll bar. */
  readonly barHeight: number;
  top = 0;
  #view = 0;
  #bar = 0;

  constructor(rows: number, rowHeight: number) {
    this.height = rows * rowHeight;
    this.barHeight = Math.min(this.height, tallest);
  }

  /** The visible height of rows in px; call when it changes. */
  resize(view: number): void {
    this.#view = view;
    this.moveTo(this.top);
  }

  /** The bar was scrolled to `bar` px. */
  scrolled(bar: number): void {
    if (Math.abs(bar - this.#bar) < 1) return;
    const moved = bar - this.#bar;
    const leap = Math.abs(moved) > this.#view || bar <= 0 || bar >= this.#barEnd - 1;
    this.top = this.#clipped(leap || this.ratio === 1 ? bar * this.ratio : this.top + moved);
    this.#bar = bar;
  }

  /** Goes to `top` px of all rows. */
  moveTo(top: number): void {
    this.top = this.#clipped(top);
  }

  /** Where the bar ought to stand for `top`; the next `scrolled` there changes nothing. */
  settle(): number {
    this.#bar = this.top / this.ratio;
    return this.#bar;
  }

  /** Px of rows for each px of the bar. */
  get ratio(): number {
    return this.#barEnd > 0 ? this.#end / this.#barEnd : 1;
  }

  get #end(): number {
    return Math.max(0, this.height - this.#view);
  }

  get #barEnd(): number {
    return Math.max(0, this.barHeight - this.#view);
  }

  #clipped(top: number): number {
    return Math.min(Math.max(0, top), this.#end);
  }
}
