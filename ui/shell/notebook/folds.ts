import { Store } from "../app/store.ts";

/** Which cells' code the user folded away in this notebook; kept in the browser. */
export class Folds {
  readonly #key: string;
  readonly folded: Store<ReadonlySet<number>>;

  constructor(path: string) {
    this.#key = `percolate:folds:${path}`;
    this.folded = new Store<ReadonlySet<number>>(new Set(this.#read()));
  }

  set(cell: number, fold: boolean): void {
    const next = new Set(this.folded.get());
    if (fold) next.add(cell);
    else next.delete(cell);
    this.folded.set(next);
    this.#write([...next]);
  }

  #read(): number[] {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
      return Array.isArray(value) ? value.filter((id) => typeof id === "number") : [];
    } catch {
      return [];
    }
  }

  #write(cells: readonly number[]): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(cells));
    } catch {
      // Folds are a convenience; without storage they last as long as the page.
    }
  }
}
