import { expect, test } from "vitest";
import { ScrollModel } from "../../../ui/sandbox/scroll-model.ts";
import { scrollKeys } from "../../../ui/sandbox/table-keys.ts";

const rowHeight = 28;
const view = 12 * rowHeight;

function model(rows: number): ScrollModel {
  const made = new ScrollModel(rows, rowHeight);
  made.resize(Math.min(rows * rowHeight, view));
  return made;
}

test("a table that fits the page scrolls px by px", () => {
  const scroll = model(10_000);
  expect(scroll.ratio).toBe(1);
  for (const bar of [1, 17, 4000, 279_000]) {
    scroll.scrolled(bar);
    expect(scroll.top).toBe(bar);
  }
});

test("the ends of the bar are the ends of three million rows", () => {
  const scroll = model(3_000_000);
  expect(scroll.barHeight).toBeLessThan(10_000_000);
  scroll.scrolled(scroll.barHeight - view);
  expect(scroll.top).toBe(scroll.height - view);
  scroll.scrolled(0);
  expect(scroll.top).toBe(0);
});

test("a notch of the wheel moves as many rows as in a small table, anywhere", () => {
  const scroll = model(3_000_000);
  scroll.scrolled(4_000_000);
  const before = scroll.top;
  scroll.scrolled(4_000_100);
  expect(scroll.top - before).toBeCloseTo(100);
});

test("settling the bar moves no row, and every row can be reached by leaps and small steps", () => {
  const scroll = model(3_000_000);
  for (const row of [5, 1_234_567, 2_999_990, 42]) {
    scroll.moveTo(row * rowHeight);
    const { top } = scroll;
    scroll.scrolled(scroll.settle());
    expect(scroll.top).toBe(top);
  }
});

test("stays within the rows whatever the bar does (seeded)", () => {
  const scroll = model(1_000_000);
  let seed = 7;
  for (let i = 0; i < 2000; i++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    scroll.scrolled((seed / 2_147_483_648) * 9_000_000 - 500_000);
    if (i % 7 === 0) scroll.settle();
    expect(scroll.top).toBeGreaterThanOrEqual(0);
    expect(scroll.top).toBeLessThanOrEqual(scroll.height - view);
  }
});

test("an empty table does not divide by zero", () => {
  const scroll = model(0);
  scroll.scrolled(10);
  expect(scroll.top).toBe(0);
  expect(scroll.settle()).toBe(0);
});

test("keys move by a row, a page, to the ends; with a modifier they are the browser's", () => {
  const press = (key: string, ctrlKey = false) =>
    scrollKeys({ key, ctrlKey, metaKey: false, altKey: false }, 280, 28_000, rowHeight, 12);
  expect(press("ArrowDown")).toBe(308);
  expect(press("PageUp")).toBe(0);
  expect(press("End")).toBe(28_000);
  expect(press("Home")).toBe(0);
  expect(press("a")).toBeUndefined();
  expect(press("Home", true)).toBeUndefined();
});
