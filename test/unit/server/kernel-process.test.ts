import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Cell, type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { CellEvent, KernelState, ProgramChange } from "../../../kernel/notebook/protocol.ts";
import { KernelControl } from "../../../kernel/server/kernel-control.ts";
import { deathOf } from "../../../kernel/server/kernel-process.ts";
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
  const cells = specs.map((spec) => toCell({ place: "kernel", ...spec }));
  let change = changeOf(1, cells, []);
  const events: CellEvent[] = [];
  const states: KernelState[] = [];
  let wake = () => {};
  const script = join(built?.root ?? "", "dist/kernel/process.js");
  const control = new KernelControl(
    () => ({ script, workspace: folder, notebook: join(folder, "notebooks/n.html") }),
    {
      program: () => change,
      state: (state) => {
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
  expect(kernel.control.failure?.message).toContain("ended with status 7");
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
  expect(deathOf(null, "SIGABRT", "FATAL ERROR: JavaScript heap out of memory").message).toContain(
    "out of memory",
  );
  expect(deathOf(null, "SIGKILL", "").remedy).toContain("memory");
  expect(deathOf(3, null, "").message).toBe("the kernel process ended with status 3");
});
