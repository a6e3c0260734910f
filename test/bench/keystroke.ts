import type { Page } from "playwright-core";
import { type App, cell, notebookFile, startApp } from "../browser/app.ts";
import { ms, quantile, ratio } from "./figures.ts";
import type { Row } from "./row.ts";

const strokes = Number(process.env.STROKES ?? 100);
/** How long the computation holds its thread at a time. */
const heldMs = 200;

const busy = `(function go() {
  const end = performance.now() + ${heldMs};
  while (performance.now() < end);
  globalThis.turns = (globalThis.turns ?? 0) + 1;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = go;
  port2.postMessage(null);
})()`;

/**
 * From a key until the frame with its letter is painted, while a browser cell computes without pause; beside it the same
 * computation in the realm of the editors, as where a notebook's cells run in its page.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp({
    "notebooks/busy.html": notebookFile("Busy", [busy, "// here", "1 + 1"]),
    "notebooks/same.html": notebookFile("Same", ["0", "// here", "1 + 1"]),
  });
  try {
    const apart = await typed(app, "busy", null);
    const same = await typed(app, "same", busy);
    return [0.5, 0.95].map((at) => ({
      what: `keystroke to paint while a browser cell computes, p${at * 100} of ${apart.length}`,
      figure: ms(quantile(apart, at)),
      reference: `computed in the editors' realm: ${ms(quantile(same, at))}`,
      ratio: ratio(quantile(apart, at), quantile(same, at)),
      limit: at === 0.95 ? "≤ 32 ms" : "",
    }));
  } finally {
    await app.close();
  }
}

/** @param inPage code that is run in the page itself meanwhile */
async function typed(app: App, name: string, inPage: string | null): Promise<number[]> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 1).waitFor();
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.press("End");
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) {
    await trust.click();
    await cell(page, 2).locator(".cm-content").click();
  }
  if (inPage === null) await computes(page);
  await page.evaluate(watchKeys);
  if (inPage !== null) await page.evaluate(inPage);
  for (let at = 0; at < strokes; at++) {
    await page.keyboard.press("abcdefghij".charAt(at % 10));
    await page.waitForTimeout(40 + ((at * 37) % 60));
  }
  const times = await page.evaluate(() => (globalThis as unknown as Keys).painted);
  if (times.length < strokes * 0.9) throw new Error(`of ${strokes} keys ${times.length} were seen painted`);
  await page.context().close();
  return times;
}

/** The figures mean nothing unless the sandbox is busy. */
async function computes(page: Page): Promise<void> {
  const frame = page.frames().find((each) => each !== page.mainFrame());
  const turns = () => frame?.evaluate(() => (globalThis as unknown as { turns?: number }).turns ?? 0);
  for (let tries = 0; tries < 100; tries++) {
    if (((await turns()) ?? 0) > 2) return;
    await page.waitForTimeout(100);
  }
  throw new Error("the cell does not compute");
}

interface Keys {
  readonly painted: number[];
}

/** A key's event has the time at which the browser was told of it; a message comes after the frame it was sent in. */
function watchKeys(): void {
  const painted: number[] = [];
  Object.assign(globalThis, { painted });
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => painted.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}
