import { Store } from "../app/store.ts";
import { sectionOf } from "./section-of.ts";
import type { NotebookSession } from "./session.ts";

interface Range {
  /** The cell that the selection began with. */
  readonly anchor: number;
  /** The cell that it ends with, which has the focus. */
  readonly head: number;
}

/** The cells that keys and commands act on while no text is edited: one, or several that stand together. */
export class CellSelection {
  readonly range = new Store<Range | null>(null);
  readonly #session: NotebookSession;

  readonly #isHidden: (id: number) => boolean;

  /** @param isHidden whether a cell is folded away: it is passed over */
  constructor(session: NotebookSession, isHidden: (id: number) => boolean) {
    this.#session = session;
    this.#isHidden = isHidden;
  }

  /** Selected cells, in the order of the notebook. */
  get ids(): number[] {
    const range = this.range.get();
    const order = this.#order();
    if (!range) return [];
    const [from, to] = [order.indexOf(range.anchor), order.indexOf(range.head)];
    return from < 0 || to < 0 ? [] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
  }

  has(id: number): boolean {
    return this.ids.includes(id);
  }

  /** Selects one cell, and gives it the focus. */
  select(id: number): void {
    this.range.set({ anchor: id, head: id });
    focusCell(id);
  }

  selectAll(): void {
    const order = this.#order();
    const [first, last] = [order[0], order.at(-1)];
    if (first === undefined || last === undefined) return;
    this.range.set({ anchor: first, head: last });
    focusCell(last);
  }

  /** Goes to the cell before or after. @param extend keeps what is selected */
  step(by: -1 | 1, extend: boolean): void {
    const range = this.range.get();
    const order = this.#order();
    const next = range ? order[order.indexOf(range.head) + by] : undefined;
    if (!range || next === undefined) return;
    this.range.set({ anchor: extend ? range.anchor : next, head: next });
    focusCell(next);
  }

  /** Gives the focus back to the cell that had it. */
  refocus(): void {
    const range = this.range.get();
    if (range) focusCell(range.head);
  }

  #order(): number[] {
    return this.#session.notebook
      .get()
      .cells.map(({ id }) => id)
      .filter((id) => !this.#isHidden(id));
  }
}

function focusCell(id: number): void {
  // A cell that has just been made is in the page after the next frame.
  const focus = () => {
    const section = sectionOf(id);
    section?.focus({ preventScroll: true });
    section?.scrollIntoView({ block: "nearest" });
    return section !== null;
  };
  if (!focus()) requestAnimationFrame(focus);
}
