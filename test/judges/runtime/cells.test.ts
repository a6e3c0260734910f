import { afterEach, describe, expect, test } from "vitest";
import { type single as Single, single, turn } from "../../unit/runtime/places.ts";

const open: ReturnType<typeof Single>["runtime"][] = [];
afterEach(() => {
  for (const runtime of open.splice(0)) runtime.dispose();
});

function notebook(builtins?: Record<string, unknown>) {
  const made = single(builtins);
  open.push(made.runtime);
  return made;
}

/** What the library's own tests state of a notebook's values, of cells in our runtime. */
describe("the value of a name", () => {
  const cases: readonly (readonly [what: string, source: string, value: unknown])[] = [
    ["a constant", "const a = 42", 42],
    ["a promise", "const a = Promise.resolve(42)", 42],
    ["what a cell awaits", "const a = await Promise.resolve(42)", 42],
    ["the last value of a generator", "const a = (function* () { yield 1; yield 2; yield 3 })()", 3],
    ["the last value of an async generator", "const a = (async function* () { yield 1; yield 2 })()", 2],
    ["undefined", "let a", undefined],
    ["what the cell makes of it at its end", "let a = 1; a += 41", 42],
  ];
  test.each(cases)("is %s", async (_, source, value) => {
    const { runtime, run } = notebook();
    await run({ 1: source });
    await runtime.quiet(1000);
    expect(runtime.outcome("a")).toEqual({ value });
  });

  test("is a failure where its cell failed", async () => {
    const { runtime, run } = notebook();
    await run({ 1: "const a = (() => { throw new Error('fooled') })()" });
    expect(runtime.outcome("a")).toMatchObject({ failure: { message: "fooled" } });
  });

  test("is a failure where its generator failed later, for whoever uses it too", async () => {
    const { host, runtime, run } = notebook();
    await run({ 1: "const a = (function* () { yield 1; throw new Error('fooled') })()", 2: "a" });
    await expect.poll(() => host.failures.get(2)?.message).toContain("fooled");
    expect(runtime.outcome("a")).toMatchObject({ failure: { message: "fooled" } });
  });

  test("of no cell is nothing", async () => {
    const { runtime, run } = notebook();
    await run({ 1: "const a = 1" });
    expect(runtime.outcome("b")).toBeUndefined();
  });

  test("is computed once, however often it is asked for", async () => {
    const counted: number[] = [];
    const { runtime, run, host } = notebook({ counted });
    await run({ 1: "const a = counted.push(1)", 2: "a", 3: "a + 1" });
    expect([runtime.outcome("a"), runtime.outcome("a")]).toEqual([{ value: 1 }, { value: 1 }]);
    expect([host.displayed.get(2), host.displayed.get(3)]).toEqual([[1], [2]]);
    expect(counted).toEqual([1]);
  });

  test("that is asked for while its cell is changed is the new one", async () => {
    const { runtime, notebook: book } = notebook({ late: new Promise((resolve) => setTimeout(resolve, 30)) });
    runtime.apply(book.change({ 1: "await late; const a = 'old'" }));
    await turn(5);
    const settled = runtime.settled();
    runtime.apply(book.change({ 1: "const a = 'new'" }));
    await settled;
    expect(runtime.outcome("a")).toEqual({ value: "new" });
  });

  test("is not that of an input which has changed meanwhile", async () => {
    const { host, runtime, notebook: book } = notebook();
    runtime.apply(book.change({ 1: "const a = new Promise((done) => setTimeout(done, 30, 'old'))", 2: "a" }));
    await turn(5);
    runtime.apply(book.change({ 1: "const a = 'new'" }));
    await runtime.settled();
    await turn(40);
    expect(host.displayed.get(2)).toEqual(["new"]);
  });
});

describe("names", () => {
  test("that the place gives may be promises", async () => {
    const { host, run } = notebook({ color: Promise.resolve("red") });
    await run({ 1: "color" });
    expect(host.displayed.get(1)).toEqual(["red"]);
  });

  test("that the place gives may be covered by a cell, and uncovered again", async () => {
    const { host, run } = notebook({ color: "red" });
    await run({ 1: "color" });
    await run({ 2: "const color = 'green'" });
    expect(host.displayed.get(1)).toEqual(["green"]);
    await run({ 2: null });
    expect(host.displayed.get(1)).toEqual(["red"]);
  });

  test("of a run are each cell's own: what one displays is not seen by another", async () => {
    const { host, run } = notebook();
    await run({ 1: "display(1); const a = 10", 2: "display(a); display(2)" });
    expect([host.displayed.get(1), host.displayed.get(2)]).toEqual([[1], [10, 2]]);
  });

  test("of a run may be covered by a cell for all", async () => {
    const { host, run } = notebook({ log: [] });
    await run({ 1: "push(1)", 2: "const push = (value) => value * 100" });
    expect(host.displayed.get(1)).toEqual([100]);
  });

  test("that change from one cell to another keep their users", async () => {
    const { host, run } = notebook();
    await run({ 1: "const a = 1", 2: "const b = 2", 3: "a + b" });
    await run({ 1: "const c = 10" });
    expect(host.failures.get(3)?.message).toBe("a is not defined");
    await run({ 2: "const b = 2, a = 40" });
    expect(host.displayed.get(3)).toEqual([42]);
  });

  test("that three cells define are free again when two of them let go", async () => {
    const { host, run } = notebook();
    await run({ 1: "const a = 1", 2: "const a = 2", 3: "const a = 3", 4: "a" });
    expect([1, 2, 3].map((id) => host.failures.get(id)?.kind)).toEqual(Array(3).fill("duplicate"));
    await run({ 1: null });
    expect(host.failures.get(2)).toMatchObject({ kind: "duplicate", cells: [2, 3] });
    await run({ 2: "const b = 2" });
    expect(host.displayed.get(4)).toEqual([3]);
  });
});

describe("a circle of cells", () => {
  test("fails before anything of it runs, and whoever uses it fails with it", async () => {
    const begun: string[] = [];
    const { host, run } = notebook({ begun });
    await run({
      1: "begun.push('a'); const a = c",
      2: "begun.push('b'); const b = (function* () { try { while (true) yield a } finally { begun.push('end') } })()",
      3: "const c = b",
      4: "begun.push('d'); const d = a",
    });
    expect([1, 2, 3].map((id) => host.failures.get(id)?.kind)).toEqual(Array(3).fill("cycle"));
    expect(host.failures.get(4)).toMatchObject({ kind: "upstream" });
    expect(begun).toEqual([]);
  });

  test("of a cell alone is none: it uses what it defines itself", async () => {
    const { host, run } = notebook();
    await run({ 1: "const f = (n) => n < 2 ? 1 : n * f(n - 1)", 2: "f(5)" });
    expect(host.displayed.get(2)).toEqual([120]);
  });

  test("is well again when one of its cells lets go, whoever used it too", async () => {
    const { host, run } = notebook();
    await run({ 1: "const a = b + 1", 2: "const b = c + 1", 3: "const c = a + 1", 4: "a" });
    await run({ 3: "const c = 40" });
    expect(host.displayed.get(4)).toEqual([42]);
  });
});

describe("the end of a run", () => {
  const ends: readonly (readonly [what: string, change: Record<number, string | null>])[] = [
    ["its cell is edited", { 1: "const a = 2" }],
    ["its cell is deleted", { 1: null }],
    ["an input changes", { 2: "const n = 2" }],
  ];
  test.each(ends)("is told by invalidation when %s", async (_, change) => {
    const log: string[] = [];
    const { run } = notebook({ log });
    await run({ 1: "invalidation.then(() => log.push('over')); const a = n", 2: "const n = 1" });
    expect(log).toEqual([]);
    await run(change);
    expect(log).toEqual(["over"]);
  });

  test.each(ends)("is told to its generator when %s", async (_, change) => {
    const log: string[] = [];
    const { run } = notebook({ log });
    const source = "const a = (function* () { try { for (;;) yield n } finally { log.push('over') } })()";
    await run({ 1: source, 2: "const n = 1" });
    await run(change);
    await expect.poll(() => log).toEqual(["over"]);
  });

  test("is told by both when the notebook is closed", async () => {
    const log: string[] = [];
    const { runtime, run } = notebook({ log });
    await run({
      1: "invalidation.then(() => log.push('invalidation')); const a = 1",
      2: "const b = (function* () { try { for (;;) yield 1 } finally { log.push('generator') } })()",
    });
    runtime.dispose();
    await expect.poll(() => [...log].sort()).toEqual(["generator", "invalidation"]);
  });

  test("of the whole notebook lets go who waits for it to settle", async () => {
    const { runtime, notebook: book } = notebook();
    runtime.apply(book.change({ 1: "await new Promise(() => {})" }));
    const settled = runtime.settled();
    runtime.dispose();
    await settled;
    await turn();
    await runtime.settled();
  });
});
