import { Store } from "../../app/store.ts";
import { Folds } from "../folds.ts";
import type { NotebookSession } from "../session.ts";
import { hiddenCells, sectionLevel, sectionsAround, withHidden } from "./sections.ts";

const none: ReadonlySet<number> = new Set();

/** Which sections the reader has folded, and what is hidden by that; kept in the browser, as folded code is. */
export class FoldedSections {
  /** Ids of the cells that are hidden. */
  readonly hidden = new Store<ReadonlySet<number>>(none);
  readonly #folds: Folds;
  readonly #session: NotebookSession;

  constructor(session: NotebookSession) {
    this.#session = session;
    this.#folds = new Folds(session.path, "sections");
    this.#folds.folded.subscribe(() => this.#update());
    session.notebook.subscribe(() => this.#update());
    this.#update();
  }

  get folded(): Store<ReadonlySet<number>> {
    return this.#folds.folded;
  }

  set(heading: number, fold: boolean): void {
    this.#folds.set(heading, fold);
  }

  setAll(fold: boolean): void {
    const headings = this.#session.notebook.get().cells.filter((cell) => sectionLevel(cell) !== null);
    for (const { id } of headings) if (this.folded.get().has(id) !== fold) this.set(id, fold);
  }

  /** Opens whatever hides a cell. */
  reveal(cell: number): void {
    if (!this.hidden.get().has(cell)) return;
    for (const heading of sectionsAround(this.#session.notebook.get(), this.folded.get(), cell))
      this.set(heading, false);
  }

  /** The cells with those that are hidden below them. */
  withHidden(ids: readonly number[]): number[] {
    return withHidden(this.#session.notebook.get(), this.folded.get(), ids);
  }

  #update(): void {
    const folded = this.folded.get();
    const hidden = folded.size === 0 ? none : hiddenCells(this.#session.notebook.get(), folded);
    const before = this.hidden.get();
    const same = hidden.size === before.size && [...hidden].every((id) => before.has(id));
    if (!same) this.hidden.set(hidden);
  }
}
