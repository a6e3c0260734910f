import { Runtime } from "@observablehq/runtime";
import { PlaceRuntime } from "../../kernel/notebook/runtime/place.ts";
import { TestHost, TestNotebook } from "../unit/runtime/places.ts";
import type { Row } from "./row.ts";

const trials = 20;
/** How long the stock runtime is waited for, in ms. */
const patience = 1000;

const stuck: Readonly<Record<string, string>> = {
  "promise that never settles": "const x = await new Promise(() => {})",
  "endless generator": "const x = (function*() { for (let i = 0; ; i++) yield i; })()",
  "generator stuck in an await": "const x = (async function*() { yield 1; await new Promise(() => {}); })()",
  "failing invalidation":
    "invalidation.then(() => { throw new Error('of the bench'); }); const x = await new Promise(() => {})",
};

/** Time from mending a cell that is stuck to the value of what depends on it, in Node. */
export async function bench(): Promise<Row[]> {
  process.on("unhandledRejection", () => {});
  const stock = await recoverStock();
  const rows: Row[] = [];
  for (const [what, source] of Object.entries(stuck)) {
    const times: number[] = [];
    for (let trial = 0; trial < trials; trial++) times.push(await recover(source));
    times.sort((a, b) => a - b);
    rows.push({
      what: `from mending a ${what} to its dependant's value, slowest of ${trials}`,
      figure: `${times.at(-1)?.toFixed(1)} ms`,
      reference: what.startsWith("promise") ? stock : `median ${times[trials / 2]?.toFixed(1)} ms`,
      ratio: "",
      limit: "100 ms",
    });
  }
  return rows;
}

async function recover(source: string): Promise<number> {
  const host = new TestHost("all");
  const runtime = new PlaceRuntime(host);
  const notebook = new TestNotebook();
  runtime.apply(notebook.change({ 1: source, 2: "display(x + 1)" }));
  await pause(30);
  const start = performance.now();
  runtime.apply(notebook.change({ 1: "const x = 41" }));
  while (host.displayed.get(2)?.[0] !== 42) await new Promise((resolve) => setImmediate(resolve));
  const time = performance.now() - start;
  runtime.dispose();
  return time;
}

/** The stock runtime waits for the run that never settles before it begins the next. */
async function recoverStock(): Promise<string> {
  const module = new Runtime().module();
  let seen: unknown;
  const x = module.variable({}).define("x", [], () => new Promise(() => {}));
  module.variable({ fulfilled: (value) => (seen = value) }).define("y", ["x"], (value) => value);
  await pause(30);
  const start = performance.now();
  x.define("x", [], () => 41);
  while (seen !== 41 && performance.now() - start < patience) await pause(1);
  const time = performance.now() - start;
  return seen === 41 ? `stock runtime ${time.toFixed(1)} ms` : `stock runtime never (waited ${patience} ms)`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
