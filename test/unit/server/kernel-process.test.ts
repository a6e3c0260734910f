import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Cell, type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { CellEvent, KernelState, ProgramChange } from "../../../kernel/notebook/protocol.ts";
import { KernelControl } from "../../../kernel/server/kernel-control.ts";
import { deathOf } from "../../../kernel/server/kernel-death.ts";
import { buildKernel } from "./kernel-build.ts";

let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
const folder = mkdtempSync(join(tmpdir(), "percolate-kernel-"));
beforeAll(async () => {
  built = await buildKernel("process", "watchdog");
  mkdirSync(join(folder, "notebooks"));
}, 60_000);
afterAll(() => {
  built?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A kernel with these cells, and ears for what it does. */
function kernelOf(...specs: CellSpec[]) {
  return kernelWith({}, ...specs);
}

/** @param launch what is special about its process */
function kernelWith(launch: { memory?: number }, ...specs: CellSpec[]) {
  const cells = specs.map((spec) => toCell({ place: "kernel", ...spec }));
  let change = changeOf(1, cells, []);
  const events: CellEvent[] = [];
  const states: KernelState[] = [];
  let wake = () => {};
  const script = join(built?.root ?? "", "dist/kernel/process.js");
  const control = new KernelControl(
    () => ({ script, workspace: folder, notebook: join(folder, "notebooks/n.html"), ...launch }),
    {
      program: () => change,
      state: ({ state }) => {
        states.push(state);
        wake();
      },
      message: (message) => {
        if (message.type === "event") events.push(message.event);
        wake();
      },
    },
  );
  onTestFinished(() => control.close());
  const until = async (holds: () => boolean) => {
    while (!holds())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  const statusOf = (cell: number) =>
    control.view.events().find((event) => event.type === "status" && event.cell === cell) as
      | Extract<CellEvent, { type: "status" }>
      | undefined;
  return {
    control,
    states,
    events,
    until,
    statusOf,
    reaches: (cell: number, status: string) => until(() => statusOf(cell)?.status === status),
    shows: (cell: number) =>
      JSON.stringify(
        control.view.events().find((event) => event.type === "outputs" && event.cell === cell) ?? null,
        (_key, value) => (typeof value === "bigint" ? String(value) : value),
      ),
    run(...changed: CellSpec[]) {
      const next = changed.map((spec) => toCell({ place: "kernel", ...spec }));
      const ids = next.map((cell) => cell.id);
      const all = cells.map((cell) => next.find((other) => other.id === cell.id) ?? cell);
      change = changeOf(change.version + 1, all, []);
      control.apply({ ...change, cells: next, rerun: ids });
      control.start();
    },
  };
}

function changeOf(version: number, cells: readonly Cell[], rerun: readonly number[]): ProgramChange {
  return { version, order: cells.map((cell) => cell.id), cells, rerun };
}

test("a kernel runs cells in order of use and shows what they show", async () => {
  const kernel = kernelOf({ id: 1, source: "a + 1" }, { id: 2, source: "const a = 41" });
  kernel.control.start();
  await kernel.reaches(1, "done");
  await kernel.until(() => kernel.shows(1).includes("42"));
  expect(kernel.states.slice(0, 2)).toEqual(["starting", "ready"]);
});

test("a kernel cell that displays 5,000 times tells each output once, in order", async () => {
  const source =
    "for (let n = 0; n < 5000; n++) { display(n); if (n % 9 === 0) await new Promise(setImmediate) }";
  const kernel = kernelOf({ id: 1, source });
  kernel.control.start();
  await kernel.reaches(1, "done");
  await kernel.until(() => kernel.control.view.outputs(1).length === 5000);
  const told = kernel.events.flatMap((event) => (event.type === "outputs" ? event.outputs : []));
  expect(told).toEqual(kernel.control.view.outputs(1));
  expect(JSON.stringify(told.at(-1))).toContain("4999");
});

test("a kernel answers what browser cells ask", async () => {
  const kernel = kernelOf();
  expect(await kernel.control.request({ type: "tables" })).toHaveProperty("ok");
});

test("a kernel stops an endless loop, and everything else stays as it was", async () => {
  const kernel = kernelOf({ id: 1, source: "const start = Math.random()" }, { id: 2, source: "" });
  kernel.control.start();
  await kernel.reaches(1, "done");
  kernel.run({ id: 2, source: "while (true);" });
  await kernel.reaches(2, "running");
  const before = kernel.statusOf(1);
  await kernel.control.interrupt();
  await kernel.until(() => kernel.statusOf(2)?.status !== "running");
  expect(kernel.statusOf(2)?.status).toBe("stopped");
  expect(kernel.statusOf(1)).toEqual(before);
  expect(kernel.control.state).toBe("ready");
  kernel.run({ id: 2, source: "start > 0" });
  await kernel.until(() => kernel.shows(2).includes("true"));
});

test("a kernel that cannot be interrupted is replaced; the stopped cell is held, the others run again", async () => {
  const deaf = '(await import("node:fs")).closeSync(4); while (true);';
  const kernel = kernelOf({ id: 1, source: "const a = 1" }, { id: 2, source: "" });
  kernel.control.start();
  await kernel.reaches(1, "done");
  kernel.run({ id: 2, source: deaf });
  await kernel.reaches(2, "running");
  const pid = kernel.control.pid;
  await kernel.control.interrupt();
  expect(kernel.control.pid).not.toBe(pid);
  kernel.events.length = 0;
  await kernel.until(() => kernel.events.some((event) => event.type === "status" && event.status === "done"));
  expect(kernel.statusOf(2)?.status).toBe("stopped");
  kernel.run({ id: 2, source: "a + 1" });
  await kernel.until(() => kernel.shows(2).includes("2"));
});

test("a kernel that dies says why, and starts again with the next run without the cell that killed it", async () => {
  const kernel = kernelOf({ id: 1, source: "1" }, { id: 2, source: "process.exit(7)" });
  kernel.control.start();
  await kernel.until(() => kernel.control.state === "dead");
  expect(kernel.control.condition.failure?.message).toContain("ended with status 7");
  expect(kernel.statusOf(2)).toMatchObject({ status: "failed", failure: { cells: [2] } });
  kernel.run({ id: 1, source: "5" });
  await kernel.until(() => kernel.shows(1).includes("5"));
  expect(kernel.statusOf(2)?.status).toBe("stopped");
});

test("a kernel leaves no process behind", async () => {
  const kernel = kernelOf({ id: 1, source: "while (true);" });
  kernel.control.start();
  await kernel.reaches(1, "running");
  const pid = kernel.control.pid ?? 0;
  await kernel.control.close();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("the reason of a death is told apart", () => {
  const end = { status: null, signal: null, stderr: "", limit: 512 };
  expect(
    deathOf({ ...end, signal: "SIGABRT", stderr: "FATAL ERROR: JavaScript heap out of memory" }, [3]).message,
  ).toContain("limit of 512 MB while cell 3 ran");
  expect(deathOf({ ...end, signal: "SIGKILL" }, []).remedy).toContain("memory");
  expect(deathOf({ ...end, status: 3 }, [1]).message).toBe("the kernel process ended with status 3");
});

test.each([
  ["of objects", "const kept = []; while (true) kept.push({ at: kept.length, text: `row ${kept.length}` })"],
  ["of typed arrays", "const kept = []; while (true) kept.push(new Float64Array(1e6).fill(1))"],
  [
    "of strings in steps",
    "const kept = []; while (true) { kept.push(Buffer.alloc(1e6, 'x').toString()); await 0 }",
  ],
])(
  "too much memory %s ends the kernel with its limit, the cell and a remedy; outputs stay",
  async (_, greedy) => {
    const kernel = kernelWith({ memory: 400 }, { id: 1, source: "6 * 7" }, { id: 2, source: "" });
    kernel.control.start();
    await kernel.until(() => kernel.shows(1).includes("42"));
    kernel.run({ id: 2, source: greedy });
    await kernel.until(() => kernel.control.state === "dead");
    expect(kernel.control.condition.failure).toMatchObject({
      message: "the kernel process reached its memory limit of 400 MB while cell 2 ran, and was ended",
      remedy: expect.stringContaining("--kernel-memory"),
    });
    expect(kernel.statusOf(2)).toMatchObject({ status: "failed", failure: { cells: [2] } });
    expect(kernel.shows(1)).toContain("42");
  },
);

test("garbage is no reason to end a kernel", async () => {
  const wasteful =
    "for (let i = 0; i < 300; i++) { new Float64Array(1e6).fill(i); await 0 } display('enough')";
  const kernel = kernelWith({ memory: 500 }, { id: 1, source: wasteful });
  kernel.control.start();
  await kernel.until(() => kernel.shows(1).includes("enough"));
});

test("a query that needs more than DuckDB's share fails by itself or goes to the disk, and the kernel lives", async () => {
  const kernel = kernelWith(
    { memory: 600 },
    { id: 1, mode: "sql", source: "SELECT list(range) AS a FROM range(60_000_000)", output: "all" },
    { id: 2, source: "const well = 1" },
  );
  kernel.control.start();
  await kernel.until(() => ["failed", "done"].includes(kernel.statusOf(1)?.status ?? ""));
  await kernel.reaches(2, "done");
  expect(kernel.control.state).not.toBe("dead");
});

test("text that is written past the console is told, of child processes too", async () => {
  const kernel = kernelOf(
    { id: 1, source: 'process.stdout.write("one\\n"); globalThis.console.error("two"); 1' },
    {
      id: 2,
      source:
        'const { execFileSync } = await import("node:child_process"); execFileSync("echo", ["three"], { stdio: "inherit" }); 2',
    },
  );
  kernel.control.start();
  const told = () => kernel.events.flatMap((event) => (event.type === "console" ? [event] : []));
  await kernel.until(() => told().length >= 3);
  expect(told()).toContainEqual({ type: "console", cell: 1, level: "log", text: "one" });
  expect(told()).toContainEqual({ type: "console", cell: 1, level: "warn", text: "two" });
  expect(told().map(({ text }) => text)).toContain("three");
});

test("a loop outside of any run shows as busy, and ends with Stop", async () => {
  const kernel = kernelOf({ id: 1, source: "const a = 1; setTimeout(() => { while (true); }, 50)" });
  kernel.control.start();
  await kernel.reaches(1, "done");
  await kernel.until(() => kernel.states.at(-1) === "busy");
  await kernel.control.interrupt();
  await kernel.until(() => kernel.states.at(-1) === "ready");
  expect(kernel.statusOf(1)?.status).toBe("done");
});

test("a kernel that sleeps shows nothing as run; it wakes for a request, and its cells run again", async () => {
  const kernel = kernelOf({ id: 1, source: "6 * 7" });
  kernel.control.start();
  await kernel.reaches(1, "done");
  await kernel.control.sleep(60);
  expect(kernel.control.condition).toEqual({ state: "asleep", idleMinutes: 60 });
  expect(kernel.statusOf(1)).toBeUndefined();
  await kernel.control.request({ type: "tables" });
  await kernel.reaches(1, "done");
});

const sleep = "await new Promise((go) => setTimeout(go, 20))";
test.each([
  ["awaits", `for (const n of progress(Array.from({ length: 60 }), { label: "steps" })) ${sleep}`],
  [
    "never awaits",
    "for (const n of progress(Array.from({ length: 60 }), { label: 'steps' })) { const t = Date.now(); while (Date.now() - t < 20); }",
  ],
])("a loop that %s tells its progress while it runs", async (_, source) => {
  const kernel = kernelOf({ id: 1, source });
  kernel.control.start();
  const bars = () => kernel.control.view.events().filter((event) => event.type === "progress");
  await kernel.until(() => bars().length > 0);
  expect(kernel.statusOf(1)?.status).toBe("running");
  expect(bars()[0]).toMatchObject({ cell: 1, label: "steps", total: 60 });
  await kernel.reaches(1, "done");
  expect(bars()).toEqual([]);
});

test("a loop with progress ends with Stop, and its bar goes", async () => {
  const source = `for (const n of progress((function* () { for (let n = 0; ; n++) yield n; })())) ${sleep}`;
  const kernel = kernelOf({ id: 1, source });
  kernel.control.start();
  await kernel.until(() => kernel.events.some((event) => event.type === "progress"));
  await kernel.control.interrupt();
  await kernel.reaches(1, "stopped");
  expect(kernel.control.view.events().some((event) => event.type === "progress")).toBe(false);
});

test("Stop ends the loop that it was pressed for, and not the next one", async () => {
  const kernel = kernelOf({ id: 1, source: "1" });
  kernel.control.start();
  await kernel.reaches(1, "done");
  for (let round = 0; round < 3; round++) {
    kernel.run({ id: 1, source: "while (true);" });
    await kernel.reaches(1, "running");
    void kernel.control.interrupt();
    await kernel.reaches(1, "stopped");
    kernel.run({ id: 1, source: "const t = Date.now(); while (Date.now() - t < 1500); display('whole')" });
    await kernel.reaches(1, "running");
    await kernel.until(() => kernel.statusOf(1)?.status !== "running");
    expect(kernel.statusOf(1)?.status).toBe("done");
  }
});

test("the interval of an edited cell is over, that of a cell that is done goes on", async () => {
  const ticking = (word: string) => `setInterval(() => console.log("${word}"), 2); "done"`;
  const kernel = kernelOf({ id: 1, source: ticking("old") }, { id: 2, source: ticking("other") });
  const lines = () => kernel.events.flatMap((event) => (event.type === "console" ? [event.text] : []));
  const count = (word: string) => lines().filter((text) => text.includes(word)).length;
  kernel.control.start();
  await kernel.reaches(1, "done");
  await kernel.until(() => count("old") > 3 && count("other") > 3);
  kernel.run({ id: 1, source: ticking("new") });
  await kernel.until(() => count("new") > 0);
  const [before, others] = [count("old"), count("other")];
  await kernel.until(() => count("new") > 20 && count("other") > others + 10);
  expect(count("old")).toBe(before);
});
