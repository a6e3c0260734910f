import type { GraphCell } from "./analysis.ts";
import type { Edges } from "./edges.ts";

/**
 * Groups of cells that all depend on one another, by Tarjan's algorithm. Only groups of two and more: a cell cannot
 * feed itself. Groups and their members are in notebook order.
 */
export function cyclesOf(cells: readonly GraphCell[], parents: Edges): number[][] {
  const search = new Search(parents);
  for (const { id } of cells) search.from(id);
  const rank = new Map(cells.map(({ id }, index) => [id, index]));
  const at = (id: number | undefined) => rank.get(id ?? Number.NaN) ?? 0;
  const groups = search.groups.map((group) => group.sort((a, b) => at(a) - at(b)));
  return groups.sort((a, b) => at(a[0]) - at(b[0]));
}

interface Visit {
  readonly id: number;
  readonly next: Iterator<number>;
}

/** Tarjan's search with a stack of its own, so that a chain of any length fits. */
class Search {
  readonly groups: number[][] = [];
  readonly #parents: Edges;
  readonly #index = new Map<number, number>();
  /** The earliest cell on the stack that can be reached. */
  readonly #low = new Map<number, number>();
  readonly #stack: number[] = [];
  readonly #onStack = new Set<number>();

  constructor(parents: Edges) {
    this.#parents = parents;
  }

  from(root: number): void {
    if (this.#index.has(root)) return;
    const visits: Visit[] = [this.#enter(root)];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const { done, value } = visit.next.next();
      if (!done) {
        if (!this.#index.has(value)) visits.push(this.#enter(value));
        else if (this.#onStack.has(value)) this.#lower(visit.id, this.#index.get(value));
        continue;
      }
      visits.pop();
      this.#leave(visit.id, visits.at(-1)?.id);
    }
  }

  #enter(id: number): Visit {
    this.#index.set(id, this.#index.size);
    this.#low.set(id, this.#index.size - 1);
    this.#stack.push(id);
    this.#onStack.add(id);
    return { id, next: (this.#parents.get(id) ?? []).values() };
  }

  #leave(id: number, caller: number | undefined): void {
    const low = this.#low.get(id);
    if (caller !== undefined) this.#lower(caller, low);
    if (low === this.#index.get(id)) this.#close(id);
  }

  #lower(id: number, to: number | undefined): void {
    this.#low.set(id, Math.min(this.#low.get(id) ?? 0, to ?? 0));
  }

  #close(id: number): void {
    const group = this.#stack.splice(this.#stack.lastIndexOf(id));
    for (const member of group) this.#onStack.delete(member);
    if (group.length > 1) this.groups.push(group);
  }
}
