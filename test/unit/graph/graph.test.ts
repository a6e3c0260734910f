import { expect, test } from "vitest";
import type { Place } from "../../../kernel/notebook/document/notebook.ts";
import { analyse } from "../../../kernel/notebook/graph/analyse.ts";
import type { Analysis, GraphCell } from "../../../kernel/notebook/graph/analysis.ts";
import { Graph } from "../../../kernel/notebook/graph/graph.ts";
import { graphCell, graphCells } from "./cells.ts";

const sorted = <T>(items: Iterable<T>) => [...items].sort();
const byKey = <V>(map: ReadonlyMap<unknown, V>) =>
  new Map(sorted(map.keys()).map((key) => [key, map.get(key)]));

/** A notebook in both analyses: the full one, and the one that is kept up to date. */
class Both {
  readonly graph = new Graph();
  analysis: Analysis = analyse([]);
  #cells: readonly GraphCell[] = [];

  get cells(): readonly GraphCell[] {
    return this.#cells;
  }

  change(cells: readonly GraphCell[]) {
    const fresh = cells.filter((cell) => !this.#cells.includes(cell));
    const failuresBefore = new Map(this.analysis.failures);
    const crossingBefore = new Map(this.analysis.crossing);
    const difference = this.graph.update(
      fresh,
      cells.map(({ id }) => id),
    );
    const left = new Set(cells.map(({ id }) => id));
    const removed = this.#cells.filter(({ id }) => !left.has(id));
    this.#cells = cells;
    this.analysis = analyse(cells, this.analysis);
    expect(sorted(difference.removed.map(({ id }) => id))).toEqual(sorted(removed.map(({ id }) => id)));
    const rejudged = differing(failuresBefore, this.analysis.failures).filter((id) => left.has(id));
    expect(sorted(difference.rejudged)).toEqual(sorted(rejudged));
    expect(sorted(difference.crossed)).toEqual(sorted(differing(crossingBefore, this.analysis.crossing)));
  }

  check(): void {
    const { graph, analysis } = this;
    expect(byKey(graph.definer)).toEqual(byKey(analysis.definer));
    expect(byKey(graph.crossing)).toEqual(byKey(analysis.crossing));
    expect(byKey(graph.failures)).toEqual(byKey(analysis.failures));
    for (const { id, compiled } of this.#cells) {
      expect([id, sorted(graph.parents(id))]).toEqual([id, sorted(analysis.parents.get(id) ?? [])]);
      expect([id, sorted(graph.children(id))]).toEqual([id, sorted(analysis.children.get(id) ?? [])]);
      for (const name of compiled.inputs)
        expect([name, sorted(graph.users(name))]).toEqual([name, sorted(analysis.users.get(name) ?? [])]);
      expect(this.#cells[graph.position(id)]).toBe(graph.cell(id));
    }
  }
}

function differing<K>(a: ReadonlyMap<K, unknown>, b: ReadonlyMap<K, unknown>): K[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].filter((key) => JSON.stringify(a.get(key)) !== JSON.stringify(b.get(key)));
}

function seeded(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Cells of few names, so that cycles, duplicates and renamings happen all the time; some cannot be read. */
function randomCell(id: number, below: (n: number) => number): GraphCell {
  const names = (most: number) =>
    [...new Set(Array.from({ length: below(most + 1) }, () => `v${below(12)}`))].join(" ");
  const place: Place = below(3) === 0 ? "kernel" : "browser";
  const failure = { kind: "syntax", message: "cannot be read" } as const;
  if (below(8) === 0) return graphCell("", id, { place, failure });
  if (below(20) === 0) return graphCell(`${names(2)} <- ${names(2)}`, id, { place, failure });
  return graphCell(`${names(2)} <- ${names(3)}`, id, { place });
}

function randomChange(cells: readonly GraphCell[], below: (n: number) => number, next: () => number) {
  const changed = [...cells];
  const edits = 1 + (below(4) === 0 ? below(4) : 0);
  for (let edit = 0; edit < edits; edit++) {
    const kind = below(10);
    const at = below(changed.length + 1);
    const there = changed[at];
    if (kind < 2 || !there) changed.splice(at, 0, randomCell(next(), below));
    else if (kind < 3 && changed.length > 3) changed.splice(at, 1);
    else if (kind < 5) changed.splice(below(changed.length), 0, ...changed.splice(at, 1));
    else changed[at] = randomCell(there.id, below);
  }
  return changed;
}

test.each(Array.from({ length: 40 }, (_, index) => index + 1))(
  "kept through 150 random changes, the graph is what a full analysis says, seed %i",
  (seed) => {
    const below = seeded(seed);
    const both = new Both();
    let last = 0;
    const next = () => ++last;
    for (let step = 0; step < 150; step++) {
      const cells = randomChange(both.cells, below, next);
      both.change(cells.length > 14 ? cells.slice(0, 6) : cells);
      both.check();
    }
  },
);

test("the cells that others depend on, through any number of others", () => {
  const graph = new Graph();
  const cells = graphCells("a", "b <- a", ["c <- b", { run: "manual" }], "d <- c", "e", "f <- g", "g <- f");
  graph.update(
    cells,
    cells.map(({ id }) => id),
  );
  expect(sorted(graph.upstream([4]))).toEqual([1, 2, 3, 4]);
  expect(sorted(graph.upstream([1, 5]))).toEqual([1, 5]);
  expect(sorted(graph.upstream([6]))).toEqual([6, 7]);
});

test("a name of a cell that must not run tells of that cell", () => {
  const graph = new Graph();
  graph.update(graphCells("a b", "a", "<- a b"), [1, 2, 3]);
  expect(graph.refused("a")?.id).toBe(1);
  expect(graph.refused("b")?.id).toBe(1);
  expect(graph.isDefined("a")).toBe(true);
  expect(graph.isDefined("z")).toBe(false);
});

test.each([
  ["a chain", (i: number) => (i === 0 ? "" : `v${i - 1}`)],
  ["a cycle", (i: number) => `v${(i + 1) % 100_000}`],
])("%s of 100,000 cells does not overflow, and mends", { timeout: 30_000 }, (_, input) => {
  const graph = new Graph();
  const cells = Array.from({ length: 100_000 }, (_, i) => graphCell(`v${i} <- ${input(i)}`, i + 1));
  const order = cells.map(({ id }) => id);
  graph.update(cells, order);
  graph.update([graphCell("v50000", 50_001)], order);
  expect(graph.failures.size).toBe(0);
});
