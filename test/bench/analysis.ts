import { Runtime } from "@observablehq/runtime";
import { compile } from "../../kernel/notebook/compiler/compile.ts";
import { toCell } from "../../kernel/notebook/document/notebook.ts";
import { analyse } from "../../kernel/notebook/graph/analyse.ts";
import type { GraphCell } from "../../kernel/notebook/graph/analysis.ts";
import { Graph } from "../../kernel/notebook/graph/graph.ts";
import type { ProgramChange } from "../../kernel/notebook/protocol.ts";
import { PlaceRuntime } from "../../kernel/notebook/runtime/place.ts";
import { TestHost, TestNotebook } from "../unit/runtime/places.ts";
import type { Row } from "./row.ts";

const size = 10_000;
const rounds = 9;

type Shape = (id: number) => readonly number[];

const shapes: Readonly<Record<string, Shape>> = {
  chain: (id) => (id > 1 ? [id - 1] : []),
  "fan-out": (id) => (id > 1 ? [1] : []),
  layered: (id) => (id > 100 ? [id - 100, id - 99, id - 50] : []),
};

const source = (shape: Shape, id: number, and = "") =>
  `const v${id} = ${["1", ...shape(id).map((use) => `v${use}`)].join(" + ")}${and}`;

/** Edits and their opposites, in the middle of the notebook and at its head. */
const edits = (shape: Shape): Readonly<Record<string, (notebook: TestNotebook) => ProgramChange>> => ({
  "body only": (book) => book.change({ 5000: source(shape, 5000, " + 7") }),
  "adds an input": (book) => book.change({ 5000: source(shape, 5000, " + v3") }),
  "removes an input": (book) => book.change({ 5000: source(shape, 5000) }),
  "renames an output": (book) => book.change({ 5000: source(shape, 5000).replace("v5000", "w5000") }),
  "renames it back": (book) => book.change({ 5000: source(shape, 5000) }),
  "renames the first cell's output": (book) => book.change({ 1: "const w1 = 1" }),
  "renames that back": (book) => book.change({ 1: "const v1 = 1" }),
  "creates a cycle of two": (book) =>
    book.change({ 5000: "const v5000 = v20000", 20000: "const v20000 = v5000" }),
  "breaks the cycle": (book) => book.change({ 5000: source(shape, 5000), 20000: null }),
  "creates a duplicate": (book) => book.change({ 5000: source(shape, 5000).replace("v5000", "v6000") }),
  "solves the duplicate": (book) => book.change({ 5000: source(shape, 5000) }),
  "inserts a cell": (book) => book.change({ 20001: "const v20001 = v5000" }),
  "deletes a cell": (book) => book.change({ 20001: null }),
  "moves a cell": (book) => moved(book.change({})),
  "moves it back": (book) => book.change({}),
  "to the other place": (book) =>
    book.change({ 5000: { id: 5000, source: source(shape, 5000), place: "kernel" } }),
  "and back": (book) => book.change({ 5000: source(shape, 5000) }),
});

function moved(change: ProgramChange): ProgramChange {
  const order = [...change.order];
  order.splice(100, 0, ...order.splice(4999, 1));
  return { ...change, order };
}

/** Analysis of 10,000 cells as a whole, and all that one edit costs before anything runs, its compilation included. */
export async function bench(): Promise<Row[]> {
  const rows = Object.entries(shapes).map(([name, shape]) => wholeRow(name, shape));
  for (const [name, shape] of Object.entries(shapes)) rows.push(...(await editRows(name, shape)));
  rows.push(await cycleRow());
  return rows;
}

function cellsOf(shape: Shape): GraphCell[] {
  return Array.from({ length: size }, (_, index) => {
    const cell = toCell({ id: index + 1, source: source(shape, index + 1) });
    return { id: cell.id, place: "browser", run: cell.run, compiled: compile(cell) };
  });
}

function wholeRow(name: string, shape: Shape): Row {
  const cells = cellsOf(shape);
  const order = cells.map(({ id }) => id);
  const ours = median(() => timed(() => new Graph().update(cells, order)));
  const full = median(() => timed(() => analyse(cells)));
  return row(`analysis of 10,000 cells, ${name}`, ours, `full analysis ${ms(full)}`, "200 ms");
}

async function editRows(name: string, shape: Shape): Promise<Row[]> {
  const host = new TestHost("browser");
  const runtime = new PlaceRuntime(host);
  const notebook = new TestNotebook();
  const cells = Array.from({ length: size }, (_, index) => [index + 1, source(shape, index + 1)] as const);
  runtime.apply(notebook.change(Object.fromEntries(cells)));
  await runtime.settled();
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [kind, edit] of Object.entries(edits(shape))) {
      const change = edit(notebook);
      const time = timed(() => runtime.apply(change));
      times.set(kind, [...(times.get(kind) ?? []), time]);
      host.sent.length = 0;
      await Promise.race([runtime.settled(), new Promise((resolve) => setTimeout(resolve, 400))]);
    }
  }
  runtime.dispose();
  return [...times].map(([kind, all]) => {
    const sorted = all.sort((a, b) => a - b);
    const worst = `slowest of ${rounds}: ${ms(sorted.at(-1) ?? 0)}`;
    return row(`one edit in 10,000 cells, ${name}: ${kind}`, sorted[rounds >> 1] ?? 0, worst, "5 ms");
  });
}

/** A chain of 4,000 that an edit closes to a cycle; the stock runtime finds its cycle as it computes. */
async function cycleRow(): Promise<Row> {
  const count = 4000;
  const runtime = new PlaceRuntime(new TestHost("all"));
  const notebook = new TestNotebook();
  const cells = Array.from({ length: count }, (_, i) => [i + 1, `const v${i + 1} = ${i > 0 ? `v${i}` : 1}`]);
  runtime.apply(notebook.change(Object.fromEntries(cells)));
  await runtime.settled();
  const change = notebook.change({ 1: `const v1 = v${count}` });
  const ours = timed(() => runtime.apply(change));
  runtime.dispose();
  return row(
    "an edit closes a cycle of 4,000 cells",
    ours,
    `stock runtime ${ms(await stockCycle(count))}`,
    "",
  );
}

async function stockCycle(count: number): Promise<number> {
  const module = new Runtime().module();
  let left = count;
  const all = new Promise<void>((resolve) => {
    const observer = { rejected: () => --left === 0 && resolve() };
    for (let i = 0; i < count; i++)
      module.variable(observer).define(`v${i}`, [`v${(i + count - 1) % count}`], (value) => value);
  });
  const start = performance.now();
  await all;
  return performance.now() - start;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(measure: () => number): number {
  const all = Array.from({ length: rounds }, measure).sort((a, b) => a - b);
  return all[rounds >> 1] ?? Number.NaN;
}

function row(what: string, time: number, reference: string, limit: string): Row {
  return { what, figure: ms(time), reference, ratio: "", limit };
}

const ms = (value: number) => `${value.toFixed(2)} ms`;
