import { afterEach, expect, test } from "vitest";
import { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { single, TestHost, TestNotebook, turn } from "./places.ts";

const open: PlaceRuntime[] = [];
afterEach(() => {
  for (const runtime of open.splice(0)) runtime.dispose();
});

function notebook(builtins?: Record<string, unknown>) {
  const made = single(builtins);
  open.push(made.runtime);
  return made;
}

test("a cell runs again when what it uses changes, and no other does", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = 1", 2: "const b = a + 1", 3: "a * 10", 4: "const c = 5" });
  expect(host.displayed.get(3)).toEqual([10]);
  host.begun.length = 0;
  await run({ 1: "const a = 2" });
  expect(host.displayed.get(3)).toEqual([20]);
  expect(host.begun.sort()).toEqual([1, 2, 3]);
});

test("independent cells run in the notebook's order", async () => {
  const { host, run } = notebook();
  await run({ 1: "1", 2: "2", 3: "3" });
  expect(host.begun).toEqual([1, 2, 3]);
});

test("promises are awaited and generators followed between cells", async () => {
  const { host, run } = notebook();
  await run({
    1: "const p = Promise.resolve(5)",
    2: "const g = (function*() { yield 1; yield 2; yield 3; })()",
    3: "p + g",
  });
  await expect.poll(() => host.displayed.get(3)).toEqual([8]);
});

test("async generators end when their cell is run again", async () => {
  const ended: string[] = [];
  const { run } = notebook({ ended });
  await run({
    1: "const t = (async function*() { try { while (true) { yield 1; await new Promise(r => setTimeout(r, 5)); } } finally { ended.push('yes'); } })()",
  });
  await turn(30);
  await run({ 1: "const t = 3" });
  await expect.poll(() => ended).toEqual(["yes"]);
});

test("a promise that never settles blocks nobody once its cell is fixed", async () => {
  const { host, run, runtime, notebook: book } = notebook();
  runtime.apply(book.change({ 1: "const x = new Promise(() => {})", 2: "x + 1" }));
  await turn(5);
  expect(host.statuses.get(2)).toBe("waiting");
  await run({ 1: "const x = 41" });
  expect(host.displayed.get(2)).toEqual([42]);
});

test("the signal of a superseded run fires, and its result is dropped", async () => {
  const { host, run, runtime, notebook: book } = notebook();
  runtime.apply(
    book.change({ 1: "const x = 1", 2: "await new Promise(r => setTimeout(r, 30)); display(x)" }),
  );
  await turn(5);
  const signal = host.runs.get(2)?.signal;
  await run({ 1: "const x = 2" });
  expect(signal?.aborted).toBe(true);
  expect(host.displayed.get(2)).toEqual([2]);
});

test("invalidation is fulfilled when the run ends", async () => {
  const log: string[] = [];
  const { run } = notebook({ log });
  await run({ 1: "invalidation.then(() => log.push('over')); const a = 1" });
  expect(log).toEqual([]);
  await run({ 1: "const a = 2" });
  expect(log).toEqual(["over"]);
});

test("an error names the cell's line and column; who depends on it says which cell failed", async () => {
  const { host, run } = notebook();
  await run({ 1: "const ok = 1;\nconst x = ok.foo.bar;", 2: "x + 1", 3: "ok" });
  expect(host.failures.get(1)).toMatchObject({ kind: "runtime", line: 2, column: 18 });
  expect(host.failures.get(2)).toMatchObject({ kind: "upstream", cells: [1] });
  expect(host.failures.get(2)?.message).toContain("x is not available, because cell 1 failed");
  expect(host.failures.get(3)).toMatchObject({ kind: "upstream" });
});

test("a name that nobody defines says so, and is found as soon as a cell defines it", async () => {
  const { host, run } = notebook();
  await run({ 1: "const total = 3", 2: "totl + 1" });
  expect(host.failures.get(2)).toMatchObject({
    message: "totl is not defined",
    remedy: "did you mean total?",
  });
  await run({ 3: "const totl = 4" });
  expect(host.displayed.get(2)).toEqual([5]);
  await run({ 3: null });
  expect(host.failures.get(2)?.message).toBe("totl is not defined");
});

test("two cells that define one name are both named, and others go on", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = 1", 2: "const a = 2", 3: "a", 4: "const b = 7" });
  expect(host.failures.get(1)?.kind).toBe("duplicate");
  expect(host.failures.get(2)?.cells).toEqual([1, 2]);
  expect(host.statuses.get(4)).toBe("done");
  expect(host.failures.get(3)?.kind).toBe("upstream");
  await run({ 2: "const c = 2" });
  expect(host.displayed.get(3)).toEqual([1]);
});

test("a cycle names its cells, and mends when it is broken", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = b", 2: "const b = a", 3: "const c = 1" });
  expect(host.failures.get(1)?.kind).toBe("cycle");
  expect(host.failures.get(2)?.cells?.length).toBeGreaterThan(1);
  expect(host.statuses.get(3)).toBe("done");
  await run({ 2: "const b = 5" });
  expect(host.statuses.get(1)).toBe("done");
});

test("a definition moves from one cell to another", async () => {
  const { host, run } = notebook();
  await run({ 1: "const a = 1", 2: "const b = 2", 3: "a + b" });
  await run({ 1: "const b = 20", 2: "const a = 10" });
  expect(host.displayed.get(3)).toEqual([30]);
});

test("manual cells become stale and run when asked for", async () => {
  const host = new TestHost("browser");
  const runtime = new PlaceRuntime(host);
  const book = new TestNotebook();
  open.push(runtime);
  runtime.apply(
    book.change({ 1: "const a = 1", 2: { id: 2, source: "const m = a * 2", run: "manual" }, 3: "m + 1" }),
  );
  await turn(5);
  expect(host.statuses.get(2)).toBe("stale");
  runtime.apply(book.change({}, [2]));
  await expect.poll(() => host.displayed.get(3)).toEqual([3]);
  runtime.apply(book.change({ 1: "const a = 5" }));
  await turn(5);
  expect(host.statuses.get(2)).toBe("stale");
  expect(host.displayed.get(3)).toEqual([3]);
});

test("a stopped cell says so, its dependants too, and it runs again when asked for", async () => {
  const { host, run, runtime, notebook: book } = notebook();
  runtime.apply(book.change({ 1: "const x = await new Promise(() => {})", 2: "x", 3: "const y = 1" }));
  await turn(5);
  runtime.stop(1);
  await runtime.settled();
  expect(host.statuses.get(1)).toBe("stopped");
  expect(host.failures.get(2)).toMatchObject({ kind: "upstream", cells: [1] });
  await run({ 1: "const x = 9" });
  expect(host.displayed.get(2)).toEqual([9]);
});

test("a burst of changes to a slow cell's input does not start a run for each", async () => {
  const { host, runtime, notebook: book } = notebook();
  runtime.apply(
    book.change({ 1: "const n = 0", 2: "await new Promise(r => setTimeout(r, 60)); display(n)" }),
  );
  for (let n = 1; n <= 20; n++) {
    await turn(4);
    runtime.apply(book.change({ 1: `const n = ${n}` }));
  }
  await expect.poll(() => host.displayed.get(2)).toEqual([20]);
  expect(host.begun.filter((id) => id === 2).length).toBeLessThan(12);
});

test("a chain of 5,000 cells runs once, each cell once", async () => {
  const { host, run } = notebook();
  const cells: Record<number, string> = { 1: "const v1 = 1" };
  for (let id = 2; id <= 5000; id++) cells[id] = `const v${id} = v${id - 1} + 1`;
  await run(cells);
  expect(host.begun.length).toBe(5000);
  host.begun.length = 0;
  await run({ 1: "const v1 = 2", 5001: "v5000" });
  expect(host.displayed.get(5001)).toEqual([5001]);
});

test("a cell may define a name that otherwise belongs to each run", async () => {
  const { host, run } = notebook();
  await run({ 1: "const push = 5", 2: "push + 1" });
  expect(host.displayed.get(2)).toEqual([6]);
  await run({ 1: "const other = 5" });
  expect(host.failures.get(2)).toBeUndefined();
});

test("what depends on a value that came out as it was does not run again, and its run goes on", async () => {
  const { host, run } = notebook();
  await run({
    1: "const a = 3",
    2: "const big = a > 2; const list = [{ a: a > 2 }]; const when = new Date(a > 2 ? 5 : 6)",
    3: "display([big, list.length, when.getTime()])",
    4: "const f = () => big",
    5: "f()",
  });
  const signal = host.runs.get(3)?.signal;
  host.begun.length = 0;
  await run({ 1: "const a = 4" });
  expect(host.begun).toEqual([1, 2]);
  expect(signal?.aborted).toBe(false);
  expect(host.statuses.get(5)).toBe("done");
  await run({ 1: "const a = 1" });
  expect(host.displayed.get(3)).toEqual([[false, 1, 6]]);
  expect(signal?.aborted).toBe(true);
});

test("an object that a cell gives again may have changed inside, so what depends on it runs", async () => {
  const { host, run } = notebook({ store: [] });
  await run({ 1: "const n = 1", 2: "store.push(n); const all = store", 3: "all.length" });
  await run({ 1: "const n = 2" });
  expect(host.displayed.get(3)).toEqual([2]);
});

test("a generator that yields the same again wakes nobody", async () => {
  const { host, run } = notebook();
  await run({ 1: "const g = (function*() { for (let i = 0; i < 30; i++) yield i > 27; })()", 2: "g" });
  await expect.poll(() => host.displayed.get(2)).toEqual([true]);
  expect(host.begun.filter((id) => id === 2).length).toBe(2);
});

test("what failed runs again, also when its inputs come out as they were", async () => {
  const { host, run } = notebook({ flag: { bad: true } });
  await run({
    1: "const a = 1",
    2: "const b = a > 0",
    3: "if (b && flag.bad) throw new Error('bad'); display('good')",
  });
  expect(host.statuses.get(3)).toBe("failed");
  (host.builtins.flag as { bad: boolean }).bad = false;
  await run({ 1: "const a = 2" });
  expect(host.displayed.get(3)).toEqual(["good"]);
});
