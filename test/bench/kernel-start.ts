import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CellSpec, toCell } from "../../kernel/notebook/document/notebook.ts";
import { KernelControl, type Launcher } from "../../kernel/server/kernel-control.ts";
import { type KernelLaunch, KernelProcess } from "../../kernel/server/kernel-process.ts";
import { KernelSpare } from "../../kernel/server/kernel-spare.ts";
import { median, ms, ratio } from "./figures.ts";
import type { Row } from "./row.ts";

const rounds = 9;
/** Time for a spare to load, in ms. */
const loadMs = 2000;

/** From asking for a notebook's kernel to its first cell done: a process that is forked then, beside the spare. */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "percolate-bench-"));
  mkdirSync(join(folder, "notebooks"));
  const launch: KernelLaunch = {
    script: join(process.cwd(), "dist/kernel/process.js"),
    workspace: folder,
  };
  try {
    const cells = {
      "a TypeScript cell": { id: 1, source: "6 * 7" },
      "a SQL cell": { id: 1, mode: "sql", source: "SELECT 42 AS answer", output: "rows" },
    } as const;
    const rows: Row[] = [];
    for (const [name, cell] of Object.entries(cells)) rows.push(await compare(name, cell, launch));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(name: string, cell: CellSpec, launch: KernelLaunch): Promise<Row> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    cold.push(await firstAnswer(cell, launch, (spec) => new KernelProcess(spec)));
    const spare = new KernelSpare(() => launch, true);
    spare.fill();
    await new Promise((resolve) => setTimeout(resolve, loadMs));
    warm.push(await firstAnswer(cell, launch, spare.take));
    await spare.close();
  }
  const [a, b] = [median(warm), median(cold)];
  return {
    what: `kernel asked for → ${name} done, spare process, median of ${rounds}`,
    figure: ms(a),
    reference: `forked when asked for ${ms(b)}`,
    ratio: ratio(a, b),
    limit: "100 ms",
  };
}

async function firstAnswer(spec: CellSpec, launch: KernelLaunch, launcher: Launcher): Promise<number> {
  const cell = toCell({ place: "kernel", ...spec });
  const start = performance.now();
  let control: KernelControl | undefined;
  const took = await new Promise<number>((resolve) => {
    control = new KernelControl(
      () => ({ ...launch, notebook: join(launch.workspace, "notebooks/n.html") }),
      {
        program: () => ({ version: 1, order: [cell.id], cells: [cell], rerun: [] }),
        state: () => {},
        message: (message) => {
          if (message.type === "event" && message.event.type === "status" && message.event.status === "done")
            resolve(performance.now() - start);
        },
      },
      launcher,
    );
    control.start();
  });
  await control?.close();
  return took;
}
