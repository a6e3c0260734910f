import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notebookFile, sqlCell } from "../browser/app.ts";
import type { Row } from "./row.ts";

const rounds = 5;

/** `percolate run` of ten cells, cold, from the command's start to its exit, beside Notebook Kit's build of three. */
export async function bench(): Promise<Row[]> {
  const root = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "percolate-bench-"));
  try {
    mkdirSync(join(folder, "data"));
    mkdirSync(join(folder, "notebooks"));
    writeFileSync(join(folder, "data/sales.csv"), csv());
    writeFileSync(join(folder, "notebooks/ten.html"), notebookFile("Ten", tenCells));
    const command = join(root, "kernel/percolate.mjs");
    run(process.execPath, [command, "crawl", join(folder, "data"), "--workspace", folder], folder);
    const ours = times(() =>
      run(process.execPath, [command, "run", "notebooks/ten.html", "--report", "ten-report.html"], folder),
    );
    const theirs = kitTimes(root);
    const [a, b] = [Math.min(...ours), Math.min(...theirs)];
    return [
      {
        what: "percolate run of 10 cells with a report, cold, to exit",
        figure: `${a.toFixed(0)} ms`,
        reference: `notebook-kit builds 3 cells: ${b.toFixed(0)} ms`,
        ratio: (a / b).toFixed(2),
        limit: "2000 ms",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tenCells = [
  ['type="text/markdown"', "# Ten cells"],
  "const least = view(Inputs.range([0, 10], {value: 3, step: 1}))",
  [
    sqlCell("rows"),
    "SELECT shop, sum(cups) AS cups FROM sales WHERE cups >= ${least} GROUP BY shop ORDER BY shop",
  ],
  'Plot.plot({marks: [Plot.barY(rows, {x: "shop", y: "cups"})]})',
  "const total = d3.sum(rows, (row) => row.cups)",
  ['type="text/markdown"', "In all **${total}** cups."],
  [sqlCell("days"), "SELECT day, avg(cups) AS cups FROM sales GROUP BY day ORDER BY day"],
  'Plot.plot({marks: [Plot.lineY(days, {x: "day", y: "cups"})]})',
  "const best = d3.greatest(rows, (row) => row.cups)",
  "html`<p>The best shop is ${best.shop}.`",
] as const;

const threeCells = [
  ['type="text/markdown"', "# Three cells"],
  "const x = [1, 2, 3]",
  "Plot.plot({marks: [Plot.dot(x)]})",
] as const;

/** Notebook Kit finds its own parts only from a folder below its package. */
function kitTimes(root: string): number[] {
  const folder = join(root, "node_modules/.cache/bench-kit");
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, "three.html"), notebookFile("Three", threeCells));
    const kit = join(root, "node_modules/.bin/notebooks");
    return times(() => run(kit, ["build", "--root", ".", "--", "three.html"], folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function csv(): string {
  const lines = Array.from(
    { length: 5000 },
    (_, index) => `2024-01-${String((index % 28) + 1).padStart(2, "0")},shop ${index % 5},${index % 11}`,
  );
  return ["day,shop,cups", ...lines].join("\n");
}

function times(work: () => void): number[] {
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr, stdout } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stdout}${stderr}`);
}
