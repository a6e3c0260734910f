import { Store } from "../app/store.ts";

/** Which cells the user folded away in this notebook: their code, or their sections. Kept in the browser. */
export class Folds {
  readonly #key: string;
  readonly folded: Store<ReadonlySet<number>>;

  /** @param what is folded; "" is code */
  constructor(path: string, what: "" | "sections" = "") {
    this.#key = `percolate:folds${what && `-${what}`}:${path}`;
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
