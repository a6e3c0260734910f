import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { WebSocketServer } from "ws";
import { cell, kernelCell, notebookFile, sandbox, sqlCell, startApp } from "../browser/app.ts";
import { median } from "./figures.ts";
import type { Row } from "./row.ts";

const rounds = 9;
/** Two columns of 8 bytes. */
const tableRows = 6_250_000;
const bytes = tableRows * 16;

/**
 * 100 MB of Arrow from a kernel cell to a browser cell in the running product, from the kernel cell's end to the
 * browser cell's begin; beside a bare WebSocket that carries as many bytes from Node to a page of the same browser.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp({
    "notebooks/transfer.html": notebookFile("Transfer", [
      "const n = view(Inputs.range([0, 1000], {step: 1, value: 0}))",
      [sqlCell("rows"), `SELECT range AS a, range * 0.5::DOUBLE AS b FROM range(${tableRows})`],
      [kernelCell, "const sent = { table: rows, round: n, at: performance.timeOrigin + performance.now() }"],
      "globalThis.seen = { round: sent.round, rows: sent.table.length, ms: performance.timeOrigin + performance.now() - sent.at }; display(sent.round)",
    ]),
  });
  try {
    const page = await app.open("/notebook?path=notebooks/transfer.html");
    await cell(page, 1).waitFor();
    const trust = page.getByRole("button", { name: "Trust and run" });
    if (await trust.isVisible()) await trust.click();
    const slider = sandbox(page).locator("input[type=range]");
    await slider.waitFor();
    const ours: number[] = [];
    const raw: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      ours.push(await slider.evaluate(oneRound, round));
      raw.push(await rawSocket(await app.browser.newPage()));
    }
    const rate = (times: readonly number[]) => bytes / 1e6 / (median(times.slice(1)) / 1000);
    const [a, b] = [rate(ours), rate(raw)];
    return [
      {
        what: `100 MB Arrow table, kernel cell → browser cell, median of ${rounds - 1}`,
        figure: `${a.toFixed(0)} MB/s`,
        reference: `raw WebSocket ${b.toFixed(0)} MB/s`,
        ratio: (a / b).toFixed(2),
        limit: "400 MB/s",
      },
    ];
  } finally {
    await app.close();
  }
}

/** Runs in the sandbox: moves the slider and waits until the table that was made for it is here. */
async function oneRound(slider: Element, round: number): Promise<number> {
  const input = slider as HTMLInputElement;
  const global = globalThis as { seen?: { round: number; rows: number; ms: number } };
  input.value = String(round);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  while (global.seen?.round !== round) await new Promise((resolve) => setTimeout(resolve, 5));
  return global.seen.ms;
}

async function rawSocket(page: Page): Promise<number> {
  const payload = new Uint8Array(bytes).fill(7);
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  await once(server, "listening");
  const connected = once(server, "connection");
  const { port } = server.address() as AddressInfo;
  const arrived = page.evaluate(receive, port);
  const [socket] = await connected;
  await once(socket, "message");
  const start = performance.timeOrigin + performance.now();
  socket.send(payload);
  const took = (await arrived) - start;
  server.close();
  await page.close();
  return took;
}

function receive(port: number): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.binaryType = "arraybuffer";
    socket.onmessage = () => {
      resolve(performance.timeOrigin + performance.now());
      socket.close();
    };
    socket.onopen = () => socket.send("ready");
  });
}
