import { Runtime } from "@observablehq/runtime";
import { compile } from "../../kernel/notebook/compiler/compile.ts";
import { evaluate } from "../../kernel/notebook/compiler/evaluate.ts";
import type { ProgramChange } from "../../kernel/notebook/protocol.ts";
import { PlaceRuntime } from "../../kernel/notebook/runtime/place.ts";
import { Program } from "../../kernel/notebook/runtime/program.ts";
import { TestHost, TestNotebook } from "../unit/runtime/places.ts";
import type { Row } from "./row.ts";

type Shape = (id: number) => readonly number[];

const chain: Shape = (id) => (id > 1 ? [id - 1] : []);

const shapes: Readonly<Record<string, Shape>> = {
  chain,
  "fan-out": (id) => (id > 1 ? [1] : []),
  layered: (id) => (id > 100 ? [id - 100, id - 99, id - 50] : []),
};

const sizes = [
  [10_000, "150 ms"],
  [20_000, "twice that"],
] as const;

const rounds = 9;

/** A page or a server that shows nothing: as the stock runtime's observers here only count. */
class QuietHost extends TestHost {
  override begin() {
    return { display: (value: unknown) => value };
  }

  override emit(): void {}
}

/**
 * First run of notebooks of compiled cells, until the last value is there: with their analysis, the making of their
 * functions from source and all else (these two once more in rows of their own); then a change of the first cell. In
 * Node, beside the stock runtime from definitions of ready functions to the last value. Median, and best, in ms; CPU
 * time, which says more where the machine has other work, is the process's over all threads.
 */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, shape] of Object.entries(shapes))
    for (const [size, limit] of sizes) rows.push(...(await firstRows(name, shape, size, limit)));
  rows.push(await againRow());
  return rows;
}

async function firstRows(name: string, shape: Shape, size: number, limit: string): Promise<Row[]> {
  const change = notebookOf(size, shape);
  const ours = await measure(rounds, () => runOurs(change));
  const stock = await measure(3, () => runStock(size, shape));
  const cells = `${size.toLocaleString("en")} cells, ${name}`;
  const rest = ours.map(({ first, analysis }) => minus(first, analysis));
  return [
    row(
      `first run of ${cells}`,
      rest,
      stock.map(({ first }) => first),
      limit,
    ),
    row(
      "… of that, functions from source",
      ours.map(({ functions }) => functions),
      [],
      "",
    ),
    row(
      "… before it, analysis",
      ours.map(({ analysis }) => analysis),
      [],
      "200 ms",
    ),
  ];
}

async function againRow(): Promise<Row> {
  const change = notebookOf(1000, chain);
  const ours = await measure(21, () => runOurs(change));
  const stock = await measure(21, () => runStock(1000, chain));
  const what = "re-run of a chain of 1,000 cells, with its compilation and analysis";
  return row(
    what,
    ours.map(({ again }) => again),
    stock.map(({ again }) => again),
    "25 ms",
  );
}

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

interface Times {
  readonly first: Time;
  readonly again: Time;
}

interface OurTimes extends Times {
  readonly analysis: Time;
  readonly functions: Time;
}

/** Cells that are compiled already. */
function notebookOf(size: number, shape: Shape): ProgramChange {
  const sources = Array.from({ length: size }, (_, index) => {
    const uses = shape(index + 1).map((use) => `v${use}`);
    return [index + 1, `const v${index + 1} = ${["1", ...uses].join(" + ")}`];
  });
  const change = new TestNotebook().change(Object.fromEntries(sources));
  for (const cell of change.cells) compile(cell);
  return change;
}

async function runOurs(change: ProgramChange): Promise<OurTimes> {
  const analysis = await timed(() => new Program("all").apply(change));
  const functions = await timed(() => {
    for (const cell of change.cells) evaluate(compile(cell), cell.id);
  });
  const runtime = new PlaceRuntime(new QuietHost("all"));
  const first = await timed(() => {
    runtime.apply(change);
    return runtime.settled();
  });
  expectValue(runtime, `v${change.cells.length}`, (value) => value >= 1);
  const [head] = change.cells;
  if (!head) throw new Error("no cell");
  const edit = { ...change, version: change.version + 1, cells: [{ ...head, source: "const v1 = 2" }] };
  const again = await timed(() => {
    runtime.apply(edit);
    return runtime.settled();
  });
  expectValue(runtime, "v1", (value) => value === 2);
  runtime.dispose();
  return { analysis, functions, first, again };
}

/** A bench of a runtime that computed nothing would be fast. */
function expectValue(runtime: PlaceRuntime, name: string, isRight: (value: number) => boolean): void {
  const outcome = runtime.outcome(name);
  if (!outcome || !("value" in outcome) || !isRight(outcome.value as number))
    throw new Error(`${name} came out wrong: ${JSON.stringify(outcome)}`);
}

async function runStock(size: number, shape: Shape): Promise<Times> {
  const runtime = new Runtime();
  const module = runtime.module();
  let left = size;
  let done = () => {};
  const observer = { fulfilled: () => --left === 0 && done() };
  const define = (index: number) =>
    module.variable(observer).define(
      `v${index + 1}`,
      shape(index + 1).map((use) => `v${use}`),
      (...values: readonly unknown[]) => (values as number[]).reduce((sum, value) => sum + value, 1),
    );
  const all = () => new Promise<void>((resolve) => (done = resolve));
  let head: ReturnType<typeof define> | undefined;
  const first = await timed(() => {
    for (let index = 0; index < size; index++) {
      const variable = define(index);
      head ??= variable;
    }
    return all();
  });
  left = shape === chain ? size : 1;
  const again = await timed(() => {
    head?.define("v1", [], () => 2);
    return all();
  });
  if (left > 0) throw new Error("the stock runtime left cells out");
  runtime.dispose();
  return { first, again };
}

async function timed(work: () => unknown): Promise<Time> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}

function minus(a: Time, b: Time): Time {
  return { wall: a.wall - b.wall, cpu: a.cpu - b.cpu };
}

async function measure<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < times; round++) all.push(await work());
  return all;
}

function told(times: readonly Time[]): string {
  const wall = times.map((time) => time.wall).sort((a, b) => a - b);
  const cpu = times.map((time) => time.cpu).sort((a, b) => a - b);
  const middle = times.length >> 1;
  return `${wall[middle]?.toFixed(1)} ms, best ${wall[0]?.toFixed(1)} (CPU ${cpu[middle]?.toFixed(0)}, best ${cpu[0]?.toFixed(0)})`;
}

function row(what: string, ours: readonly Time[], stock: readonly Time[], limit: string): Row {
  const middle = (times: readonly Time[]) =>
    times.map(({ wall }) => wall).sort((a, b) => a - b)[times.length >> 1];
  const [left, right] = [middle(ours), middle(stock)];
  return {
    what,
    figure: told(ours),
    reference: stock.length > 0 ? `stock runtime, all observed ${told(stock)}` : "",
    ratio: left && right ? (left / right).toFixed(2) : "",
    limit,
  };
}
