import { expect, test } from "vitest";
import { applyAll } from "../../../kernel/notebook/document/apply.ts";
import { type CellSpec, type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { dropAfter, moveTo } from "../../../ui/shell/notebook/drag/drop.ts";
import { headingsOf } from "../../../ui/shell/notebook/outline/headings.ts";
import { outlineOf } from "../../../ui/shell/notebook/outline/outline-entries.ts";
import {
  cellsOfSection,
  hiddenCells,
  sectionLevel,
  withHidden,
} from "../../../ui/shell/notebook/outline/sections.ts";

const md = (source: string, rest: Partial<CellSpec> = {}) => ({ mode: "md", source, ...rest });
const notebook = (...cells: readonly Partial<CellSpec>[]): Notebook => ({
  title: "",
  cells: cells.map((cell, index) => toCell({ id: index + 1, ...cell })),
});
const headings = (source: string) =>
  headingsOf(toCell({ id: 1, mode: "md", source })).map(({ level, text }) => [level, text]);

test("headings are found as Markdown has them, without marks, and not in code", () => {
  expect(
    headings("# One\ntext\n## `two` and **three** ##\n#no\n    # code\n```\n# fenced\n```\n###"),
  ).toEqual([
    [1, "One"],
    [2, "two and three"],
    [3, ""],
  ]);
  expect(headings("~~~\n# a\n```\n# b\n~~~\n# [a link](to) and \\*star\\*")).toEqual([
    [1, "a link and *star*"],
  ]);
  expect(headingsOf(toCell({ id: 1, source: "# private" }))).toEqual([]);
});

const report = notebook(
  md("# A"),
  { source: "1", name: "load" },
  md("## B\n\ntext"),
  { source: "2" },
  md("text\n\n## C"),
  { source: "3" },
  md("# D"),
  { source: "4" },
);

test("a section ends at the next heading of its level or above", () => {
  const ids = (heading: number) => cellsOfSection(report, heading).map(({ id }) => id);
  expect(ids(1)).toEqual([2, 3, 4, 5, 6]);
  expect(ids(3)).toEqual([4]);
  expect(ids(7)).toEqual([8]);
  expect(ids(2)).toEqual([]);
  expect(report.cells.map(sectionLevel)).toEqual([1, null, 2, null, null, null, 1, null]);
  expect([...hiddenCells(report, new Set([3, 7, 99]))]).toEqual([4, 8]);
  expect(withHidden(report, new Set([3]), [7, 3])).toEqual([3, 4, 7]);
});

test("the outline has headings and named cells, indented below their heading", () => {
  expect(outlineOf(report).map(({ text, depth, kind }) => `${"  ".repeat(depth)}${text} ${kind}`)).toEqual([
    "A heading",
    "  load cell",
    "  B heading",
    "  C heading",
    "D heading",
  ]);
  expect(outlineOf(notebook(md("### Only"), { name: "x" })).map(({ depth }) => depth)).toEqual([0, 1]);
  expect(outlineOf(notebook({ source: "1" }))).toEqual([]);
});

test("what is dropped comes after the last cell whose middle is above", () => {
  const extents = [
    { id: 4, top: 0, bottom: 100 },
    { id: 2, top: 110, bottom: 200 },
  ];
  expect([10, 60, 154, 156].map((y) => dropAfter(extents, y))).toEqual([null, 4, 4, 2]);
});

test("cells are moved together, wherever they stood, to wherever they are dropped", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  for (let round = 0; round < 500; round++) {
    const order = Array.from({ length: 1 + random(7) }, (_, index) => index + 1);
    const ids = order.filter(() => random(2) === 0);
    const after = random(4) === 0 ? null : (order[random(order.length)] ?? null);
    const before = notebook(...order.map((id) => ({ id })));
    const result = applyAll(before, moveTo(order, ids, after)).cells.map(({ id }) => id);
    const rest = order.filter((id) => !ids.includes(id));
    const above = order
      .slice(0, after === null ? 0 : order.indexOf(after) + 1)
      .filter((id) => !ids.includes(id));
    expect(result).toEqual([...above, ...ids, ...rest.slice(above.length)]);
  }
  expect(moveTo([1, 2, 3], [2], 1)).toEqual([]);
});
