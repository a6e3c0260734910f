import { expect, test } from "vitest";
import { analyse } from "../../../kernel/notebook/graph/analyse.ts";
import type { GraphCell } from "../../../kernel/notebook/graph/analysis.ts";
import { graphCell, graphCells } from "./cells.ts";

const syntax = { kind: "syntax", message: "no" } as const;

test("names have a definer, users and edges", () => {
  const { definer, users, children, parents, failures } = analyse(
    graphCells("a b", "<- a", "c <- b a", "<- c d"),
  );
  expect([...definer]).toEqual([
    ["a", 1],
    ["b", 1],
    ["c", 3],
  ]);
  expect(users.get("a")).toEqual([2, 3]);
  expect(users.get("d")).toEqual([4]);
  expect(children.get(1)).toEqual([2, 3]);
  expect(parents.get(3)).toEqual([1]);
  expect(parents.get(1)).toEqual([]);
  expect(failures.size).toBe(0);
});

test("an empty notebook has an empty analysis", () => {
  expect(analyse([]).order).toEqual([]);
});

test("order keeps to the notebook, save that inputs come first", () => {
  const order = (...texts: string[]) => analyse(graphCells(...texts)).order.join(" ");
  expect(order("a", "b", "c")).toBe("1 2 3");
  expect(order("<- a", "b", "a")).toBe("3 1 2");
  expect(order("<- c", "b <- a", "c <- b", "d", "a")).toBe("5 2 3 1 4");
  expect(order("x <- x", "y")).toBe("1 2");
});

test("a name that crosses places is told with the place that defines it", () => {
  const cells = graphCells(
    ["a", { place: "kernel" }],
    "b <- a",
    ["c <- b a display", { place: "kernel" }],
    "<- c",
  );
  expect([...analyse(cells).crossing]).toEqual([
    ["a", "kernel"],
    ["b", "browser"],
    ["c", "kernel"],
  ]);
});

test("a name defined twice has no definer, and both cells are told of both", () => {
  const { definer, failures, parents } = analyse(graphCells("a b", "a", "<- a", "a <- b"));
  expect([...definer.keys()]).toEqual(["b"]);
  expect([...failures.keys()]).toEqual([1, 2, 4]);
  expect(failures.get(1)).toMatchObject({
    kind: "duplicate",
    message: "a is defined in cell 1, cell 2 and cell 4",
    cells: [1, 2, 4],
  });
  expect(failures.get(3)).toBeUndefined();
  expect(parents.get(3)).toEqual([]);
  expect(analyse(graphCells("x", "x")).failures.get(2)?.message).toBe("x is defined in cell 1 and cell 2");
});

test("a cycle names its members in order, and its cells come last", () => {
  const { failures, order } = analyse(graphCells("a <- b", "b <- c", "c <- a", "d", "<- a"));
  expect(failures.get(2)).toMatchObject({ kind: "cycle", message: "circular definition: a → b → c → a" });
  expect([...failures.keys()]).toEqual([1, 2, 3]);
  expect(failures.get(1)?.cells).toEqual([1, 2, 3]);
  expect(order).toEqual([4, 5, 1, 2, 3]);
});

test("two cycles are two failures", () => {
  const { failures } = analyse(graphCells("a <- b", "c <- d", "b <- a", "d <- c"));
  expect(failures.get(1)?.message).toBe("circular definition: a → b → a");
  expect(failures.get(4)?.message).toBe("circular definition: c → d → c");
});

test("a tangle tells its shortest way round and counts the rest", () => {
  const { failures } = analyse(graphCells("a <- b c", "b <- a", "c <- d", "d <- a"));
  expect(failures.get(4)?.message).toBe("circular definition: a → b → a (and 2 more)");
  expect(failures.get(4)?.cells).toEqual([1, 2, 3, 4]);
});

test("a cell that uses what it defines is no cycle", () => {
  expect(analyse(graphCells("a <- a")).failures.size).toBe(0);
});

test("a long cycle is told in short", () => {
  const cells = Array.from({ length: 1000 }, (_, i) => graphCell(`v${i} <- v${(i + 1) % 1000}`, i + 1));
  const message = analyse(cells).failures.get(500)?.message ?? "";
  expect(message).toContain("v0 → v1");
  expect(message).toContain("v999 → v0");
  expect(message).toMatch(/\(989 more\)/);
});

test("a cell that cannot be compiled fails with its own reason", () => {
  const cells = graphCells(["a <- b", { failure: syntax }], "b <- a", "c <- a");
  const { failures, definer } = analyse(cells);
  expect(failures.get(1)).toBe(syntax);
  expect(failures.get(2)?.kind).toBe("cycle");
  expect(definer.get("a")).toBe(1);
});

test("while a cell cannot be read, it keeps the names that it had", () => {
  const before = analyse(graphCells("a b", "<- a"));
  const broken = graphCells(["", { failure: syntax }], "<- a", "b");
  const during = analyse(broken, before);
  expect([...during.definer]).toEqual([
    ["b", 3],
    ["a", 1],
  ]);
  expect(during.parents.get(2)).toEqual([1]);
  expect(analyse(broken, during).definer.get("a")).toBe(1);
  expect(analyse(graphCells("c", "<- a"), during).definer.has("a")).toBe(false);
  expect(analyse(graphCells(["<- a", { id: 2 }]), during).definer.has("a")).toBe(false);
});

/** Whether every cell stands after the cells that it uses. */
function isSorted(cells: readonly GraphCell[]): boolean {
  const { order, parents, failures } = analyse(cells);
  const rank = new Map(order.map((id, index) => [id, index]));
  const at = (id: number) => rank.get(id) ?? Number.NaN;
  return order.every(
    (id) =>
      failures.has(id) || (parents.get(id) ?? []).every((from) => failures.has(from) || at(from) < at(id)),
  );
}

test("any order of any cells is sorted, and has each cell once", () => {
  let state = 7;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let round = 0; round < 300; round++) {
    const count = 1 + below(12);
    const cells = Array.from({ length: count }, (_, i) =>
      graphCell(
        `v${i} <- ${Array.from({ length: below(3) }, () => `v${below(count + 1)}`).join(" ")}`,
        i + 1,
      ),
    );
    expect(isSorted(cells)).toBe(true);
    expect([...analyse(cells).order].sort((a, b) => a - b)).toEqual(cells.map(({ id }) => id));
  }
});

test.each([
  ["a chain", (i: number) => (i === 0 ? "" : `v${i - 1}`)],
  ["a chain backwards", (i: number) => `v${i + 1}`],
  ["a cycle", (i: number) => `v${(i + 1) % 100_000}`],
])("%s of 100,000 cells does not overflow", { timeout: 30_000 }, (_, input) => {
  const cells = Array.from({ length: 100_000 }, (_, i) => graphCell(`v${i} <- ${input(i)}`, i + 1));
  expect(analyse(cells).order).toHaveLength(100_000);
});
