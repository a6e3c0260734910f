import { afterEach, expect, test } from "vitest";
import type { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { single, turn } from "./places.ts";
import { stuck } from "./stuck.ts";

const open: PlaceRuntime[] = [];
afterEach(() => {
  for (const runtime of open.splice(0)) runtime.dispose();
});

function notebook(builtins?: Record<string, unknown>) {
  const made = single(builtins);
  open.push(made.runtime);
  return made;
}

const later = "new Promise(r => setTimeout(r, 5))";

test.each(stuck)("%s holds up nobody once its cell is mended", async (_, source) => {
  const unhandled = new Error("nobody handles this");
  const seen: unknown[] = [];
  const hear = (error: unknown) => {
    if (error !== unhandled) throw error;
    seen.push(error);
  };
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", hear);
  try {
    const { host, runtime, notebook: book } = notebook({ unhandled });
    runtime.apply(book.change({ 1: source, 2: "x + 1", 3: "const apart = 1", 4: "apart + 1" }));
    await expect.poll(() => host.displayed.get(4)).toEqual([2]);
    await turn(30);
    runtime.apply(book.change({ 1: "const x = 41" }));
    await expect.poll(() => host.displayed.get(2)).toEqual([42]);
    await turn(5);
    expect(host.displayed.get(2)).toEqual([42]);
    expect(host.statuses.get(1)).toBe("done");
    expect(seen.length).toBe(source.includes("unhandled") ? 1 : 0);
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of others) process.on("unhandledRejection", listener);
  }
});

test.each(stuck)(
  "%s holds up nobody once its cell is deleted, and its name is defined elsewhere",
  async (_, source) => {
    if (source.includes("unhandled")) return;
    const { host, runtime, notebook: book } = notebook();
    runtime.apply(book.change({ 1: source, 2: "x + 1" }));
    await turn(10);
    runtime.apply(book.change({ 1: null, 3: "const x = 1" }));
    await expect.poll(() => host.displayed.get(2)).toEqual([2]);
  },
);

test("a cell that is edited while it runs gives what it is now, and what it did before is dropped", async () => {
  const { host, runtime, notebook: book } = notebook();
  runtime.apply(book.change({ 1: `await ${later}; display('old'); const x = 1`, 2: "x" }));
  await expect.poll(() => host.statuses.get(1)).toBe("running");
  const signal = host.runs.get(1)?.signal;
  runtime.apply(book.change({ 1: "const x = 2" }));
  expect(signal?.aborted).toBe(true);
  await runtime.settled();
  await turn(20);
  expect(host.displayed.get(1)).toEqual([]);
  expect(host.displayed.get(2)).toEqual([2]);
});

test("a cell that is deleted while it runs says nothing more", async () => {
  const { host, runtime, notebook: book } = notebook();
  runtime.apply(book.change({ 1: `await ${later}; const x = 1`, 2: "x" }));
  await expect.poll(() => host.statuses.get(1)).toBe("running");
  const signal = host.runs.get(1)?.signal;
  runtime.apply(book.change({ 1: null }));
  await runtime.settled();
  expect(signal?.aborted).toBe(true);
  await turn(20);
  expect(host.statuses.has(1)).toBe(false);
  expect(host.failures.get(2)?.message).toBe("x is not defined");
});

test("an input that changes a thousand times during one run ends with the last", async () => {
  const { host, runtime, notebook: book } = notebook();
  runtime.apply(book.change({ 1: "const n = 0", 2: `await ${later}; const m = n`, 3: "m" }));
  for (let n = 1; n <= 1000; n++) {
    runtime.apply(book.change({ 1: `const n = ${n}` }));
    if (n % 10 === 0) await turn();
  }
  await expect.poll(() => host.displayed.get(3)).toEqual([1000]);
  await runtime.settled();
  expect(host.begun.filter((id) => id === 2).length).toBeLessThan(300);
});

test("a cell that fails in a run that was superseded fails nobody", async () => {
  const { host, run, runtime, notebook: book } = notebook();
  runtime.apply(
    book.change({ 1: "const x = 1", 2: `await ${later}; if (x === 1) throw new Error('old'); display(x)` }),
  );
  await expect.poll(() => host.statuses.get(2)).toBe("running");
  await run({ 1: "const x = 2" });
  await turn(20);
  expect(host.displayed.get(2)).toEqual([2]);
  expect(host.statuses.get(2)).toBe("done");
});

test("a long row of cells lets the event loop turn", async () => {
  const {
    host,
    runtime,
    notebook: book,
  } = notebook({
    work: () => {
      for (const until = performance.now() + 3; performance.now() < until; );
    },
  });
  const cells = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [i + 1, `work(); const v${i} = 1`]));
  const turns: number[] = [];
  const count = setInterval(() => turns.push(host.begun.length), 1);
  runtime.apply(book.change(cells));
  await runtime.settled();
  clearInterval(count);
  expect(host.begun.length).toBe(60);
  expect(turns.filter((begun) => begun > 0 && begun < 60).length).toBeGreaterThan(2);
});

test("a change in the middle of a long row of cells gives the same as one after it", async () => {
  const {
    host,
    runtime,
    notebook: book,
  } = notebook({
    work: (value: number) => {
      for (const until = performance.now() + 2; performance.now() < until; );
      return value;
    },
  });
  const source = (id: number) => `const v${id} = work(${id > 1 ? `v${id - 1} + ` : ""}1)`;
  const cells = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i + 1, source(i + 1)]));
  runtime.apply(book.change({ ...cells, 41: "v40" }));
  await expect.poll(() => host.begun.length, { interval: 1 }).toBeGreaterThan(5);
  expect(host.begun.length).toBeLessThan(40);
  runtime.apply(book.change({ 1: "const v1 = work(101)", 20: "const v20 = work(v19 + 1000)" }));
  await runtime.settled();
  expect(host.displayed.get(41)).toEqual([101 + 18 + 1000 + 20]);
});
