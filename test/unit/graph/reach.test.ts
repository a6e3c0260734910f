import { expect, test } from "vitest";
import { analyse } from "../../../kernel/notebook/graph/analyse.ts";
import type { GraphCell } from "../../../kernel/notebook/graph/analysis.ts";
import { descendants, upstream } from "../../../kernel/notebook/graph/reach.ts";
import { graphCells } from "./cells.ts";

const sorted = (cells: Iterable<number>) => [...cells].sort((a, b) => a - b);
const byId = (cells: readonly GraphCell[]) => new Map(cells.map((cell) => [cell.id, cell]));

function below(cells: readonly GraphCell[], ...roots: number[]): number[] {
  return sorted(descendants(analyse(cells), byId(cells), roots));
}

test("descendants are all cells downstream, without the root", () => {
  const cells = graphCells("a", "b <- a", "c <- a", "<- b c", "<- x");
  expect(below(cells, 1)).toEqual([2, 3, 4]);
  expect(below(cells, 4)).toEqual([]);
  expect(below(cells, 2, 3)).toEqual([4]);
});

test("a root that another root feeds is among them", () => {
  expect(below(graphCells("a", "b <- a", "<- b"), 1, 2)).toEqual([2, 3]);
});

test("a cell that waits to be run is reached, and nothing beyond it", () => {
  const cells = graphCells("a", ["b <- a", { run: "manual" }], "c <- b", ["d <- a", { run: "off" }], "<- d");
  expect(below(cells, 1)).toEqual([2, 4]);
  expect(below(cells, 2)).toEqual([3]);
});

test("a cycle ends", () => {
  expect(below(graphCells("a <- b", "b <- a"), 1)).toEqual([1, 2]);
});

test("upstream are all cells that the roots depend on", () => {
  const cells = graphCells("a", "b <- a", ["c <- b", { run: "manual" }], "d <- c", "e");
  expect(sorted(upstream(analyse(cells), [4]))).toEqual([1, 2, 3]);
  expect(sorted(upstream(analyse(cells), [1, 5]))).toEqual([]);
});
