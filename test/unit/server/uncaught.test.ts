/** Errors that no run of a cell caught, in a notebook's kernel process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { CellEvent } from "../../../kernel/notebook/protocol.ts";
import { KernelControl } from "../../../kernel/server/kernel-control.ts";
import { type ErrorCase, runnable, uncaught } from "../../error-corpus.ts";
import { buildKernel } from "./kernel-build.ts";

let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
const folder = mkdtempSync(join(tmpdir(), "percolate-uncaught-"));
beforeAll(async () => {
  built = await buildKernel("process", "watchdog");
  mkdirSync(join(folder, "notebooks/lib"), { recursive: true });
  writeFileSync(
    join(folder, "notebooks/lib/my util.ts"),
    "type N = number;\nexport const shout = (n: N) => {\n  throw new RangeError(`${n}`);\n};",
  );
}, 60_000);
afterAll(() => {
  built?.remove();
  rmSync(folder, { recursive: true, force: true });
});

type Line = Extract<CellEvent, { type: "console" }>;

/** The first line that a kernel with these cells prints as an error. */
function errorLine(specs: readonly CellSpec[]): Promise<Line> {
  const cells = specs.map((spec) => toCell({ ...spec, place: "kernel" }));
  const order = cells.map(({ id }) => id);
  return new Promise((resolve) => {
    const control = new KernelControl(
      () => ({
        script: join(built?.root ?? "", "dist/kernel/process.js"),
        workspace: folder,
        notebook: join(folder, "notebooks/n.html"),
      }),
      {
        program: () => ({ version: 1, order, cells, rerun: [] }),
        state: () => {},
        message: (message) => {
          if (message.type !== "event" || message.event.type !== "console") return;
          if (message.event.level === "error") resolve(message.event);
        },
      },
    );
    onTestFinished(() => control.close());
    control.start();
  });
}

const inKernel: Readonly<Record<string, ErrorCase>> = {
  "a proxy which throws": {
    cells: ["setTimeout(() => {\n  throw new Proxy({}, new Proxy({}, {get() { throw 1; }}));\n}); 1"],
    says: /^Uncaught /,
    nowhere: true,
  },
  "a function of a module": {
    cells: ['import {shout} from "./lib/my util.ts";\nsetTimeout(() => {\n  ¦shout(3);\n}); 1'],
    says: /^Uncaught RangeError: 3\n {4}at shout \(notebooks\/lib\/my util.ts:3:9\)\n/,
  },
  "a text": {
    cells: ['setTimeout(() => {\n  throw "sadly";\n}); 1'],
    says: /^Uncaught sadly$/,
    nowhere: true,
  },
};

test.each(Object.entries({ ...uncaught, ...inKernel }))(
  "%s is told, in its cell's console where that is known, and the kernel lives on",
  async (_, each) => {
    const { specs, cell, place } = runnable(each);
    const line = await errorLine(specs);
    expect(line.text).toMatch(each.says);
    expect(line.cell).toBe(each.nowhere ? null : cell);
    if (!each.nowhere) expect(line.text).toContain(`cell-${cell}.ts:${place}`);
  },
);
