/** What cells are told that cannot run because of others. */
import { afterEach, expect, test } from "vitest";
import type { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { single } from "./places.ts";

const open: PlaceRuntime[] = [];
afterEach(() => {
  for (const runtime of open.splice(0)) runtime.dispose();
});

async function failuresOf(cells: Readonly<Record<number, string>>) {
  const { host, run, runtime } = single();
  open.push(runtime);
  await run(cells);
  return { of: (id: number) => host.failures.get(id), run };
}

test("at the end of a chain the first cause is told, not the cell between", async () => {
  const { of } = await failuresOf({
    1: "const a = null.x",
    2: "const b = a + 1",
    3: "const c = b + 1",
    4: "c",
  });
  for (const id of [2, 3, 4]) {
    expect(of(id)).toMatchObject({ kind: "upstream", cells: [1] });
    expect(of(id)?.message).toMatch(/^a is not available, because cell 1 failed: TypeError: .*reading 'x'/);
  }
});

test("a cell that cannot be read is the cause, also when it once could", async () => {
  const { of, run } = await failuresOf({ 1: "const a = 1", 2: "a" });
  await run({ 1: "const a = = 1" });
  expect(of(1)).toMatchObject({ kind: "syntax", line: 1, column: 11 });
  expect(of(2)).toMatchObject({ kind: "upstream", cells: [1] });
  await run({ 1: "const a = 3" });
  expect(of(2)).toBeUndefined();
});

test("a name that is defined twice is told to its users, with both cells", async () => {
  const { of } = await failuresOf({ 1: "const a = 1", 2: "const a = 2", 3: "const b = a", 4: "b" });
  expect(of(3)).toMatchObject({ kind: "upstream", cells: [1, 2] });
  expect(of(3)?.message).toBe("a is not available: a is defined in cell 1 and cell 2");
  expect(of(4)).toMatchObject({ kind: "upstream", cells: [1, 2] });
});

test("a cycle says which cell defines each of its names, to its users too", async () => {
  const { of } = await failuresOf({ 1: "const a = b", 2: "const b = a", 3: "a" });
  expect(of(1)).toMatchObject({ kind: "cycle", names: { a: 1, b: 2 } });
  expect(of(3)).toMatchObject({ kind: "upstream", names: { a: 1, b: 2 } });
  expect(of(3)?.message).toBe("a is not available: circular definition: a → b → a");
});

test("a missing name has a place, and the cell of the name that was meant", async () => {
  const { of } = await failuresOf({ 1: "const total = 1", 2: "// sum\n  totl + 1", 3: "const x = nothing" });
  expect(of(2)).toMatchObject({ line: 2, column: 3, remedy: "did you mean total?", names: { total: 1 } });
  expect(of(3)).toMatchObject({ line: 1, column: 11 });
  expect(of(3)?.names).toBeUndefined();
});

test("dependants repeat a long message in short", async () => {
  const { of } = await failuresOf({
    1: 'const a = (() => { throw new Error("x".repeat(5000) + "\\ny"); })()',
    2: "a",
  });
  expect(of(2)?.message.length).toBeLessThan(300);
});
