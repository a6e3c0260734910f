import { afterEach, expect, test } from "vitest";
import type { CellSpec } from "../../../kernel/notebook/document/notebook.ts";
import type { CellRun, KeptResults } from "../../../kernel/notebook/runtime/host.ts";
import { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { TestHost, TestNotebook, turn } from "./places.ts";

const open: PlaceRuntime[] = [];
afterEach(() => {
  for (const runtime of open.splice(0)) runtime.dispose();
});

type Cells = Readonly<Record<number, string | CellSpec | null>>;

/** A host that keeps results of cells that run once, as JSON. */
class KeepingHost extends TestHost {
  readonly results: KeptResults;
  constructor(kept: Map<string, string>) {
    super("browser", { md: String.raw });
    const key = ({ cell }: CellRun, inputs: string) => JSON.stringify([cell.id, cell.source, inputs]);
    this.results = {
      recall: async (run, inputs) => {
        const text = kept.get(key(run, inputs));
        return text === undefined ? null : { at: 7, values: JSON.parse(text) };
      },
      remember: async (run, inputs, values) => {
        for (const value of Object.values(values))
          if (typeof value === "function") throw new Error("a function");
        kept.set(key(run, inputs), JSON.stringify(values));
      },
    };
  }
}

function notebook(kept = new Map<string, string>()) {
  const host = new KeepingHost(kept);
  const runtime = new PlaceRuntime(host);
  open.push(runtime);
  const book = new TestNotebook();
  const run = async (cells: Cells, rerun: readonly number[] = [], lazy = false) => {
    runtime.apply({ ...book.change(cells, rerun), lazy });
    await runtime.settled();
    await turn();
    await runtime.settled();
  };
  const status = (id: number) => host.statuses.get(id);
  return { host, runtime, run, status };
}

const manual = (id: number, source: string): CellSpec => ({ id, source, run: "manual" });
const once = (id: number, source: string): CellSpec => ({ id, source, run: "once" });
const off = (id: number, source: string): CellSpec => ({ id, source, run: "off" });

test("a manual cell that never ran is stale, and so is all that needs it, until it is run", async () => {
  const { host, run, status } = notebook();
  await run({ 1: "const a = 1", 2: manual(2, "const m = a * 2"), 3: "const d = m + 1", 4: "d + 1" });
  expect([1, 2, 3, 4].map(status)).toEqual(["done", "stale", "stale", "stale"]);
  expect(host.notes.get(2)).toBe("not run yet");
  expect(host.notes.get(3)).toBe("needs m of cell 2, which has not run");
  await run({}, [2]);
  expect([1, 2, 3, 4].map(status)).toEqual(["done", "done", "done", "done"]);
  expect(host.displayed.get(4)).toEqual([4]);
});

test("a manual cell keeps its value when an input changes, and it and its dependants say why they are out of date", async () => {
  const { host, run, status } = notebook();
  await run(
    { 1: "const a = 1; const b = 5", 2: manual(2, "const m = a * 2"), 3: "const d = m + a", 4: "b" },
    [2],
  );
  await run({ 1: "const a = 10; const b = 5" });
  expect(host.notes.get(2)).toBe("an input changed: a");
  expect(host.notes.get(3)).toBe("uses m of cell 2, which is out of date");
  expect([1, 2, 3, 4].map(status)).toEqual(["done", "stale", "stale", "done"]);
  await run({}, [2]);
  expect([2, 3].map(status)).toEqual(["done", "done"]);
});

test("a manual cell whose inputs came out as they were is not out of date", async () => {
  const { run, status } = notebook();
  await run({ 1: "const n = 3", 2: "const big = n > 2", 3: manual(3, "const m = big"), 4: "m" }, [3]);
  await run({ 1: "const n = 4" });
  expect([3, 4].map(status)).toEqual(["done", "done"]);
  await run({ 1: "const n = 1" });
  expect([3, 4].map(status)).toEqual(["stale", "stale"]);
});

test("what depends on a manual cell that gives its old value again is not run, and not out of date", async () => {
  const { host, run, status } = notebook();
  await run({ 1: "const n = 3", 2: manual(2, "const big = n > 2"), 3: "big" }, [2]);
  await run({ 1: "const n = 4" });
  host.begun.length = 0;
  await run({}, [2]);
  expect(host.begun).toEqual([2]);
  expect([2, 3].map(status)).toEqual(["done", "done"]);
});

test("to change when a cell runs does not run it; one that was out of date runs when it may", async () => {
  const { host, run, status } = notebook();
  await run({ 1: "const a = 1", 2: "const m = a * 2", 3: "m" });
  host.begun.length = 0;
  await run({ 2: manual(2, "const m = a * 2") });
  await run({ 2: { id: 2, source: "const m = a * 2", run: "manual", pinned: true } });
  expect(host.begun).toEqual([]);
  await run({ 1: "const a = 5" });
  expect(status(2)).toBe("stale");
  await run({ 2: "const m = a * 2" });
  expect(status(2)).toBe("done");
  expect(host.displayed.get(3)).toEqual([10]);
});

test("a cell that is off never runs, also when asked for; what needs it waits for nothing", async () => {
  const { host, run, status } = notebook();
  await run({ 1: off(1, "const a = 1"), 2: "a" }, [1, 2]);
  expect(host.begun).toEqual([]);
  expect([1, 2].map(status)).toEqual(["stopped", "stale"]);
  await run({ 1: "const a = 1" });
  expect(host.displayed.get(2)).toEqual([1]);
  await run({ 1: off(1, "const a = 1") });
  expect([1, 2].map(status)).toEqual(["stopped", "done"]);
});

test("in a lazy notebook nothing runs but what is asked for; what follows from it is out of date", async () => {
  const { host, run, status } = notebook();
  const cells = {
    1: "const a = 1",
    2: "const b = a + 1",
    3: "b * 2",
    4: { id: 4, mode: "md", source: "# Note" },
  };
  await run(cells, [], true);
  expect(host.begun).toEqual([4]);
  expect([1, 2, 3].map(status)).toEqual(["stale", "stale", "stale"]);
  await run({}, [1, 2], true);
  expect([1, 2, 3].map(status)).toEqual(["done", "done", "stale"]);
  await run({}, [3], true);
  expect(host.displayed.get(3)).toEqual([4]);
  host.begun.length = 0;
  await run({ 1: "const a = 5" }, [1], true);
  expect(host.begun).toEqual([1]);
  expect([2, 3].map((id) => [status(id), host.notes.get(id)])).toEqual([
    ["stale", "an input changed: a"],
    ["stale", "uses b of cell 2, which is out of date"],
  ]);
  await run({}, [], false);
  expect(host.displayed.get(3)).toEqual([12]);
  expect([2, 3].map(status)).toEqual(["done", "done"]);
});

test("a cell that was asked for runs, whatever else happens before its inputs are there", async () => {
  const { host, runtime, run } = notebook();
  const waits = "const p = new Promise((go) => { globalThis.go = go; })";
  void run({ 1: "const t = 1", 2: waits, 3: manual(3, "p + t") });
  await turn(5);
  void run({}, [3]);
  await turn(5);
  void run({ 1: "const t = 2" });
  await turn(5);
  (globalThis as unknown as { go: (n: number) => void }).go(40);
  await runtime.settled();
  expect(host.displayed.get(3)).toEqual([42]);
});

test("a cell that runs once is not run again in another session, nor when its inputs come back to what they were", async () => {
  const kept = new Map<string, string>();
  const cells = { 1: "const n = 2", 2: once(2, "const r = n * 10; display(r)"), 3: "r + 1" };
  const first = notebook(kept);
  await first.run(cells);
  expect(first.host.begun).toEqual([1, 2, 3]);
  const second = notebook(kept);
  await second.run(cells);
  expect(second.host.displayed.get(3)).toEqual([21]);
  expect(second.host.displayed.get(2)).toEqual([]);
  expect(second.host.keptAt.get(2)).toBe(7);
  await second.run({ 1: "const n = 3" });
  expect(second.host.displayed.get(2)).toEqual([30]);
  expect(second.host.keptAt.get(2)).toBeUndefined();
  await second.run({ 1: "const n = 2" });
  expect(second.host.displayed.get(3)).toEqual([21]);
  expect(second.host.keptAt.get(2)).toBe(7);
});

test("a cell that runs once runs when asked for, and then keeps the new result", async () => {
  const kept = new Map<string, string>();
  (globalThis as unknown as { ticks: number }).ticks = 0;
  const cells = { 1: once(1, "const r = ++globalThis.ticks"), 2: "r" };
  const { host, run } = notebook(kept);
  await run(cells);
  await run({}, [1]);
  expect(host.displayed.get(2)).toEqual([2]);
  const later = notebook(kept);
  await later.run(cells, [1]);
  expect(later.host.displayed.get(2)).toEqual([2]);
  await later.run({ 1: once(1, "const r = ++globalThis.ticks * 100") });
  expect(later.host.displayed.get(2)).toEqual([300]);
});

test("a result that cannot be kept says so, and its cell runs each time", async () => {
  const kept = new Map<string, string>();
  const cells = {
    1: once(1, "const f = () => 1"),
    2: "class P {}; const p = new P()",
    3: once(3, "const q = [p].length"),
    4: "const twice = (x) => x * 2",
    5: once(5, "const r = twice(21)"),
  };
  const { host, run } = notebook(kept);
  await run(cells);
  expect(host.notes.get(1)).toBe("not kept: a function");
  expect(host.notes.get(3)).toBe("not kept: its input p is an instance of P");
  expect(host.notes.get(5)).toBeUndefined();
  const later = notebook(kept);
  await later.run(cells);
  expect(later.host.begun.length).toBe(5);
  expect([1, 3, 5].map((id) => later.host.keptAt.get(id))).toEqual([undefined, undefined, 7]);
  await later.run({ 4: "const twice = (x) => x + x + 0" });
  expect(later.host.keptAt.get(5)).toBeUndefined();
});
