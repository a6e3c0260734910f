import { Store } from "../../app/store.ts";
import { sectionOf } from "../section-of.ts";

/** Where cells are to be put. */
export interface Insertion {
  /** The cell that they come after; null: first. */
  readonly after: number | null;
  /** An empty cell that becomes the first of them. */
  readonly into: number | null;
  /** What the menu opens at. */
  readonly anchor: Element;
}

/** The one menu that puts cells into a notebook, while it is open. */
export class InsertMenuState {
  readonly open = new Store<Insertion | null>(null);

  show(insertion: Insertion): void {
    this.open.set(insertion);
  }

  close(): void {
    this.open.set(null);
  }
}

/** The cell's section in the page, or the column if it is not there. */
export function cellElement(cell: number | null): Element {
  return sectionOf(cell) ?? document.querySelector(".column") ?? document.body;
}
