import { transpile } from "@observablehq/notebook-kit";
import { compile } from "../../kernel/notebook/compiler/compile.ts";
import { analyse } from "../../kernel/notebook/graph/analyse.ts";
import type { GraphCell } from "../../kernel/notebook/graph/analysis.ts";
import type { Row } from "./row.ts";

const source = `interface Stop { name: string; minutes: number; kind?: "bus" | "tram" }
type Summary = Map<string, { count: number; total: number }>;

/** Minutes by name, longest first. */
function summarise<T extends Stop>(stops: readonly T[], limit = 10): [string, number][] {
  const summary: Summary = new Map<string, { count: number; total: number }>();
  for (const { name, minutes } of stops) {
    const entry = summary.get(name) ?? { count: 0, total: 0 };
    summary.set(name, { count: entry.count + 1, total: entry.total + minutes! });
  }
  return [...summary].map(([name, { total }]): [string, number] => [name, total]).slice(0, limit);
}

const longest = summarise((await stops) as Stop[], threshold);
const chart = Plot.plot({ marks: [Plot.barX(longest, { x: (d: [string, number]) => d[1], y: "0", fill: color })] });`;

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(runs: number, run: () => void): number {
  const times = Array.from({ length: runs }, () => milliseconds(run)).sort((a, b) => a - b);
  return times[runs >> 1] ?? Number.NaN;
}

const ms = (value: number) => `${value.toFixed(value < 1 ? 3 : 1)} ms`;

function compileRow(): Row {
  const cell = { id: 1, name: null, mode: "ts", source, output: null, database: null };
  const again = () => compile({ ...cell });
  if (compile(cell).failure) throw new Error("the cell does not compile");
  median(300, again);
  const ours = median(500, again);
  median(20, () => transpile(source, "ts"));
  const theirs = median(60, () => transpile(source, "ts"));
  return {
    what: "warm compile of a TypeScript cell of 16 lines, median",
    figure: ms(ours),
    reference: `notebook-kit ${ms(theirs)}`,
    ratio: `${(ours / theirs).toFixed(3)} ×`,
    limit: "1 ms",
  };
}

type Inputs = (index: number) => number[];

const shapes: Readonly<Record<string, Inputs>> = {
  chain: (i) => (i === 0 ? [] : [i - 1]),
  "fan-out": (i) => (i === 0 ? [] : [0]),
  layered: (i) =>
    i < 100 ? [] : Array.from({ length: 10 }, (_, k) => i - 100 - (i % 100) + ((i + k * 7) % 100)),
  random: (i) => (i === 0 ? [] : Array.from({ length: 3 }, (_, k) => ((i * 7919 + k * 104729) >>> 0) % i)),
};

function cellsOf(inputs: Inputs, count: number): GraphCell[] {
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    place: i % 5 === 0 ? "kernel" : "browser",
    run: "auto",
    compiled: {
      inputs: [...inputs(i).map((k) => `v${k}`), "display"],
      outputs: [`v${i}`],
      body: "",
      lineOffset: 1,
      imports: [],
    },
  }));
}

function analysisRow([shape, inputs]: [string, Inputs]): Row {
  const cells = cellsOf(inputs, 10_000);
  const cold = milliseconds(() => analyse(cells));
  const warm = median(9, () => analyse(cells));
  return {
    what: `analysis of 10,000 cells, ${shape}, median`,
    figure: ms(warm),
    reference: `first time ${ms(cold)}`,
    ratio: "",
    limit: "200 ms",
  };
}

export async function bench(): Promise<Row[]> {
  return [compileRow(), ...Object.entries(shapes).map(analysisRow)];
}
