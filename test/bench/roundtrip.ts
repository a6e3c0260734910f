import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { WebSocketServer } from "ws";
import { cell, kernelCell, notebookFile, sandbox, startApp } from "../browser/app.ts";
import { ms, quantile, ratio } from "./figures.ts";
import type { Row } from "./row.ts";

const trials = 100;

/**
 * An input's event in the page → kernel cell → begin of the browser cell that uses its value, in the running product;
 * beside a bare WebSocket that carries a small message from a page of the same browser to Node and back.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp({
    "notebooks/round.html": notebookFile("Round trip", [
      "const n = view(Inputs.range([0, 1000], {step: 1, value: 0}))",
      [kernelCell, "const there = { n, twice: 2 * n }"],
      "globalThis.arrived?.(there.n); display(there.twice)",
    ]),
  });
  try {
    const page = await app.open("/notebook?path=notebooks/round.html");
    await cell(page, 1).waitFor();
    const trust = page.getByRole("button", { name: "Trust and run" });
    if (await trust.isVisible()) await trust.click();
    const slider = sandbox(page).locator("input[type=range]");
    await slider.waitFor();
    await sandbox(page).locator('.pc-cell[data-cell="3"]').getByText("0").waitFor();
    const ours = await slider.evaluate(measure, trials);
    const raw = await rawRoundTrips(await app.browser.newPage());
    return [0.5, 0.95].map((at) => {
      const [a, b] = [quantile(ours, at), quantile(raw, at)];
      return {
        what: `browser value → kernel cell → browser cell, p${at * 100}`,
        figure: ms(a),
        reference: `raw WebSocket there and back ${ms(b)}`,
        ratio: ratio(a, b),
        limit: at === 0.5 ? "8 ms" : "",
      };
    });
  } finally {
    await app.close();
  }
}

/** Runs in the sandbox: moves the slider and waits until the browser cell runs with the value that was in the kernel. */
async function measure(slider: Element, count: number): Promise<number[]> {
  const times: number[] = [];
  const input = slider as HTMLInputElement;
  const global = globalThis as { arrived?: (value: number) => void };
  for (let trial = 1; trial <= count; trial++) {
    await new Promise((resolve) => setTimeout(resolve, 60 + 16 * Math.random()));
    const back = new Promise<number>((resolve) => {
      global.arrived = (value) => {
        if (value === trial) resolve(performance.now());
      };
    });
    const start = performance.now();
    input.value = String(trial);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    times.push((await back) - start);
  }
  return times;
}

async function rawRoundTrips(page: Page): Promise<number[]> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => socket.on("message", (data, binary) => socket.send(data, { binary })));
  await once(server, "listening");
  const times = await page.evaluate(echoes, { port: (server.address() as AddressInfo).port, count: trials });
  for (const client of server.clients) client.terminate();
  server.close();
  await page.close();
  return times;
}

async function echoes({ port, count }: { port: number; count: number }): Promise<number[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const times: number[] = [];
  for (let trial = 0; trial < count; trial++) {
    await new Promise((resolve) => setTimeout(resolve, 60 + 16 * Math.random()));
    const start = performance.now();
    const back = new Promise((resolve) => {
      socket.onmessage = resolve;
    });
    socket.send(JSON.stringify({ type: "bridge", n: trial }));
    await back;
    times.push(performance.now() - start);
  }
  return times;
}
