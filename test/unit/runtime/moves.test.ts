import { afterEach, expect, test } from "vitest";
import type { CellSpec } from "../../../kernel/notebook/document/notebook.ts";
import { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { single, TestHost, TestNotebook } from "./places.ts";
import { seeded } from "./seeded.ts";
import { twoPlaces } from "./two-places.ts";

const open: PlaceRuntime[] = [];
afterEach(() => {
  for (const runtime of open.splice(0)) runtime.dispose();
});

function notebook() {
  const made = single();
  open.push(made.runtime);
  return made;
}

const onKernel = (id: number, source: string): CellSpec => ({ id, source, place: "kernel" });

test("what uses a definition that moves to another cell neither fails nor runs again, if the value is the same", async () => {
  const { host, run } = notebook();
  await run({
    1: "const x = {is: 1}; const rest = 0",
    2: "x.is + 1",
    3: "const y = x.is",
    4: "y",
    5: "rest",
  });
  host.told.length = host.begun.length = 0;
  await run({ 1: "const rest = 0", 5: "const x = {is: 1}" });
  expect(host.begun).toEqual([1, 5]);
  expect(host.told.filter(([id]) => [2, 3, 4].includes(id))).toEqual([]);
  expect(host.displayed.get(2)).toEqual([2]);
});

test("if the value is another, what uses it runs once, and does not fail before", async () => {
  const { host, run } = notebook();
  await run({ 1: "const x = 1", 2: "x + 1", 3: "const y = x > 0", 4: "y", 5: "" });
  host.told.length = host.begun.length = 0;
  await run({ 1: "", 5: "const x = 10" });
  expect(host.begun.filter((id) => id > 1 && id < 5)).toEqual([2, 3]);
  expect(host.told.filter(([, status]) => status === "failed")).toEqual([]);
  expect(host.displayed.get(2)).toEqual([11]);
});

test("while the new definer computes, what uses it waits", async () => {
  const { host, run } = notebook();
  await run({ 1: "const x = 1", 2: "x + 1", 3: "" });
  host.told.length = 0;
  await run({ 1: "", 3: "const x = await new Promise(r => setTimeout(r, 20, 5))" });
  expect(host.told.filter(([id]) => id === 2).map(([, status]) => status)).toEqual([
    "waiting",
    "running",
    "done",
  ]);
  expect(host.displayed.get(2)).toEqual([6]);
});

test("definitions that change places with one another fail nobody", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = 1", 2: "const b = 2", 3: "a + b" });
  host.told.length = host.begun.length = 0;
  await run({ 1: "const b = 2", 2: "const a = 1" });
  expect(host.begun).toEqual([1, 2]);
  expect(host.told.some(([, status]) => status === "failed")).toBe(false);
});

test("an edit that leaves a cell's values as they were runs that cell alone", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = [1, 2]", 2: "a.length" });
  host.begun.length = 0;
  await run({ 1: "const a = [1, 2]; // the same" });
  expect(host.begun).toEqual([1]);
});

test("a name that is gone in one change and back in the next mends what uses it at once", async () => {
  const { host, run } = notebook();
  await run({ 1: "const x = 1", 2: "x + 1", 3: "" });
  await run({ 1: null });
  expect(host.failures.get(2)?.message).toBe("x is not defined");
  await run({ 3: "const x = 4" });
  expect(host.statuses.get(2)).toBe("done");
  expect(host.displayed.get(2)).toEqual([5]);
});

test("a renamed definition fails those that use the old name alone", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = 1", 2: "a", 3: "const c = 3", 4: "c" });
  host.begun.length = 0;
  await run({ 1: "const b = 1" });
  expect(host.failures.get(2)?.message).toBe("a is not defined");
  await run({ 2: "b" });
  expect(host.displayed.get(2)).toEqual([1]);
  expect(host.begun).toEqual([1, 2]);
});

test("a stale cell whose generator goes on stays stale", async () => {
  const host = new TestHost("browser", { gate: {} });
  const runtime = new PlaceRuntime(host);
  const book = new TestNotebook();
  open.push(runtime);
  const source = "const g = (async function*() { yield a; yield await new Promise(r => gate.go = r); })()";
  runtime.apply(book.change({ 1: "const a = 1", 2: { id: 2, source, run: "manual" }, 3: "g" }));
  runtime.apply(book.change({}, [2]));
  await expect.poll(() => (host.builtins.gate as { go?: unknown }).go).toBeDefined();
  runtime.apply(book.change({ 1: "const a = 2" }));
  await expect.poll(() => host.statuses.get(2)).toBe("stale");
  (host.builtins.gate as { go: (value: number) => void }).go(7);
  await expect.poll(() => host.displayed.get(3)).toEqual([7]);
  expect(host.statuses.get(2)).toBe("stale");
});

test.each([1, 2, 3, 4, 5, 6])(
  "a definition moves to a cell of the other place and back, seed %i",
  async (seed) => {
    const { browser, kernel, apply, quiet, end } = twoPlaces(seeded(seed));
    await apply({
      1: "const x = {is: 1}",
      2: "x.is + 1",
      3: onKernel(3, "const k = x.is + 2"),
      4: onKernel(4, ""),
    });
    await quiet();
    browser.told.length = kernel.told.length = browser.begun.length = kernel.begun.length = 0;
    await apply({ 1: "", 4: onKernel(4, "const x = {is: 1}") });
    await quiet();
    await apply({ 1: "const x = {is: 1}", 4: onKernel(4, "") });
    await quiet();
    const told = [...browser.told, ...kernel.told];
    expect(told.filter(([, status]) => status === "failed")).toEqual([]);
    expect([...browser.begun, ...kernel.begun].filter((id) => id === 2 || id === 3)).toEqual([]);
    await apply({ 1: "", 4: onKernel(4, "const x = {is: 10}") });
    await quiet();
    expect(browser.displayed.get(2)).toEqual([11]);
    end();
  },
);
