import { Runtime } from "@observablehq/runtime";
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

/**
 * First run of notebooks of cells, from compiled and analysed cells to the last value (so with all that it takes to
 * make them ready), and a change of their first cell, in Node; the stock runtime beside it, also from definitions to
 * the last value.
 */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    for (const [size, limit] of [
      [10_000, "150 ms"],
      [20_000, "twice that"],
    ] as const) {
      const [ours, stock] = [
        await median(5, () => runOurs(size, shape)),
        await median(3, () => runStock(size, shape)),
      ];
      rows.push(
        row(`first run of ${size.toLocaleString("en")} cells, ${name}`, ours.first, stock.first, limit),
      );
    }
  }
  const [ours, stock] = [
    await median(9, () => runOurs(1000, chain)),
    await median(9, () => runStock(1000, chain)),
  ];
  rows.push(row("re-run of a chain of 1,000 cells", ours.again, stock.again, "25 ms"));
  return rows;
}

interface Times {
  /** ms; for ours without compilation and analysis, which have benches of their own. */
  readonly first: number;
  readonly again: number;
}

async function runOurs(size: number, shape: Shape): Promise<Times> {
  const runtime = new PlaceRuntime(new TestHost("all"));
  const notebook = new TestNotebook();
  const cells = Object.fromEntries(
    Array.from({ length: size }, (_, index) => {
      const uses = shape(index + 1).map((use) => `v${use}`);
      return [index + 1, `const v${index + 1} = ${["1", ...uses].join(" + ")}`];
    }),
  );
  const change = notebook.change(cells);
  const program = await timed(async () => void new Program("all").apply(change));
  const all = await timed(() => {
    runtime.apply(change);
    return runtime.settled();
  });
  const edit = notebook.change({ 1: "const v1 = 2" });
  const again = await timed(() => {
    runtime.apply(edit);
    return runtime.settled();
  });
  runtime.dispose();
  return { first: all - program, again };
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
  runtime.dispose();
  return { first, again };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function median(rounds: number, work: () => Promise<Times>): Promise<Times> {
  const all: Times[] = [];
  for (let round = 0; round < rounds; round++) all.push(await work());
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  return { first: middle(all.map(({ first }) => first)), again: middle(all.map(({ again }) => again)) };
}

function row(what: string, ours: number, stock: number, limit: string): Row {
  return {
    what,
    figure: `${ours.toFixed(1)} ms`,
    reference: `stock runtime, all observed ${stock.toFixed(1)} ms`,
    ratio: (ours / stock).toFixed(2),
    limit,
  };
}
