import { cell, launchBrowser, notebookFile, sandbox, startApp } from "../browser/app.ts";
import { type Stock, stockCode } from "./parts/stock.ts";
import type { Row } from "./row.ts";

const trials = 200;

/**
 * Time from an input's event to the dependent cell's new output in the page: ours in the running product, the stock
 * runtime's (as @observablehq/runtime schedules it, on animation frames) in a page of the same browser.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp({
    "notebooks/edge.html": notebookFile("Edge", [
      "const n = view(Inputs.range([0, 1000], {step: 1, value: 0}))",
      "globalThis.seen = n; display(n)",
    ]),
  });
  try {
    const page = await app.open("/notebook?path=notebooks/edge.html");
    await cell(page, 1).waitFor();
    const trust = page.getByRole("button", { name: "Trust and run" });
    if (await trust.isVisible()) await trust.click();
    const slider = sandbox(page).locator("input[type=range]");
    await slider.waitFor();
    const ours = await slider.evaluate(measure, trials);
    const stock = await measureStock();
    const [p50, p95] = [quantile(ours, 0.5), quantile(ours, 0.95)];
    const [s50, s95] = [quantile(stock, 0.5), quantile(stock, 0.95)];
    return [
      {
        what: "input → dependent cell's output, p50",
        figure: ms(p50),
        reference: `stock runtime ${ms(s50)}`,
        ratio: ratio(p50, s50),
        limit: "2 ms",
      },
      {
        what: "input → dependent cell's output, p95",
        figure: ms(p95),
        reference: `stock runtime ${ms(s95)}`,
        ratio: ratio(p95, s95),
        limit: "5 ms",
      },
    ];
  } finally {
    await app.close();
  }
}

/** Runs in the sandbox: moves the slider and waits until the dependent cell has run. */
async function measure(slider: Element, count: number): Promise<number[]> {
  const times: number[] = [];
  const input = slider as HTMLInputElement;
  const global = globalThis as { seen?: number };
  for (let trial = 1; trial <= count; trial++) {
    await new Promise((resolve) => setTimeout(resolve, 60 + 16 * Math.random()));
    const start = performance.now();
    input.value = String(trial);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const channel = new MessageChannel();
    while (global.seen !== trial && performance.now() - start < 1000) {
      await new Promise<void>((resolve) => {
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      });
    }
    times.push(performance.now() - start);
  }
  return times;
}

async function measureStock(): Promise<number[]> {
  const code = await stockCode();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent("<input>");
    await page.addScriptTag({ content: code });
    return await page.evaluate(stockTrials, trials);
  } finally {
    await browser.close();
  }
}

async function stockTrials(count: number): Promise<number[]> {
  const { stock } = globalThis as unknown as { stock: Stock };
  const module = new stock.Runtime().module();
  let seen = -1;
  const source = module.variable(true).define("n", [], () => 0);
  module.variable(true).define("m", ["n"], (n: never) => {
    seen = n as number;
  });
  const times: number[] = [];
  for (let trial = 1; trial <= count; trial++) {
    await new Promise((resolve) => setTimeout(resolve, 60 + 16 * Math.random()));
    const start = performance.now();
    source.define("n", [], () => trial);
    const channel = new MessageChannel();
    while (seen !== trial) {
      await new Promise<void>((resolve) => {
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      });
    }
    times.push(performance.now() - start);
  }
  return times;
}

function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * at)] ?? Number.NaN;
}

const ms = (value: number) => `${value.toFixed(2)} ms`;
const ratio = (a: number, b: number) => (a / b).toFixed(2);
