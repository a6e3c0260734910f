import { notebookFile, sandbox, startApp } from "../browser/app.ts";
import { openNotebook } from "./parts/open.ts";
import { type Stock, stockCode } from "./parts/stock.ts";
import type { Row } from "./row.ts";

const length = 1000;
const trials = 30;

/**
 * Re-run of a chain of 1,000 cells in the page: from the event of the input at its head to the value of its last
 * cell. The stock runtime computes the same chain in the same page, in turn, every variable observed.
 */
export async function bench(): Promise<Row[]> {
  const cells = ["const v1 = view(Inputs.range([0, 1000], {step: 1, value: 0}))"];
  for (let id = 2; id < length; id++) cells.push(`const v${id} = v${id - 1} + 1`);
  const app = await startApp({
    "notebooks/chain.html": notebookFile("Chain", [...cells, `globalThis.seen = v${length - 1}`]),
  });
  try {
    const page = await openNotebook(app, "notebooks/chain.html");
    const slider = sandbox(page).locator("input[type=range]");
    await slider.waitFor({ timeout: 120_000 });
    await slider.evaluate(settled, length, { timeout: 120_000 });
    const { ours, stock } = await slider.evaluate(measure, { code: await stockCode(), length, trials });
    const [p50, p95] = [quantile(ours, 0.5), quantile(ours, 0.95)];
    const [s50, s95] = [quantile(stock, 0.5), quantile(stock, 0.95)];
    return [row("p50", p50, s50), row("p95", p95, s95)];
  } finally {
    await app.close();
  }
}

function row(which: string, ours: number, stock: number): Row {
  return {
    what: `re-run of a chain of 1,000 cells in the page, ${which}`,
    figure: `${ours.toFixed(1)} ms`,
    reference: `stock runtime ${stock.toFixed(1)} ms`,
    ratio: (ours / stock).toFixed(2),
    limit: "25 ms",
  };
}

/** Runs in the sandbox: resolves when the chain has run for the first time. */
async function settled(_: Element, count: number): Promise<void> {
  const global = globalThis as { seen?: number };
  while (global.seen !== count - 2) await new Promise((resolve) => setTimeout(resolve, 50));
}

interface Setting {
  readonly code: string;
  readonly length: number;
  readonly trials: number;
}

/** Runs in the sandbox. */
async function measure(slider: Element, { code, length, trials }: Setting) {
  new Function(code)();
  const { stock: library } = globalThis as unknown as { stock: Stock };
  const global = globalThis as { seen?: number };
  const input = slider as HTMLInputElement;
  const module = new library.Runtime().module();
  let last = -1;
  const observed = () => module.variable({ fulfilled: () => {} });
  const head = observed().define("v1", [], () => 0);
  for (let id = 2; id < length; id++)
    observed().define(`v${id}`, [`v${id - 1}`], (value: never) => (value as number) + 1);
  observed().define(null, [`v${length - 1}`], (value: never) => {
    last = value as number;
  });
  const turn = () =>
    new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    });
  const timed = async (act: () => void, isDone: () => boolean) => {
    await new Promise((resolve) => setTimeout(resolve, 80 + 16 * Math.random()));
    const start = performance.now();
    act();
    while (!isDone() && performance.now() - start < 5000) await turn();
    return performance.now() - start;
  };
  const [ours, stock]: [number[], number[]] = [[], []];
  await timed(
    () => {},
    () => last === length - 2,
  );
  for (let trial = 1; trial <= trials; trial++) {
    const wanted = trial + length - 2;
    const move = () => {
      input.value = String(trial);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    ours.push(await timed(move, () => global.seen === wanted));
    stock.push(
      await timed(
        () => void head.define("v1", [], () => trial),
        () => last === wanted,
      ),
    );
  }
  return { ours, stock };
}

function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * at)] ?? Number.NaN;
}
