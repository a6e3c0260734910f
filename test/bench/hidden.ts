import { notebookFile, startApp } from "../browser/app.ts";
import { type Attached, PlainBrowser } from "./parts/plain-browser.ts";
import { type Stock, stockCode } from "./parts/stock.ts";
import type { Row } from "./row.ts";

const seconds = 10;

/** A cell that gives a value every second, and one that counts them. */
const cells = [
  "const tick = (async function*() { for (let i = 1; ; i++) { await new Promise(r => setTimeout(r, 1000)); yield i; } })()",
  "globalThis.ours = (globalThis.ours ?? 0) + (tick > 0)",
];

/**
 * Values that come in 10 s while another tab is in front, beside the stock runtime's in the same hidden page.
 * Chromium wakes timers of hidden pages once a second, and chains of them once a minute after five minutes; ours are a worker's then.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp({ "notebooks/hidden.html": notebookFile("Hidden", cells) });
  const browser = await PlainBrowser.open(app.url);
  try {
    const page = await browser.attach("page");
    const signedIn = `location.origin === ${JSON.stringify(new URL(app.url).origin)} && !location.search`;
    await page.until(`document.readyState === "complete" && ${signedIn}`);
    const notebook = new URL("/notebook?path=notebooks/hidden.html", app.url).href;
    await page.evaluate(`void location.assign(${JSON.stringify(notebook)})`);
    await page.until(`document.querySelector("[aria-label='Cell 1']")`);
    await page.evaluate(`(${trust})()`);
    const frame = await browser.attach("iframe");
    await frame.until("globalThis.ours > 0");
    await frame.evaluate(`new Function(${JSON.stringify(await stockCode())})(); (${startStock})()`);
    await frame.until("globalThis.theirs > 0");
    await browser.openTab();
    await frame.until("document.visibilityState === 'hidden'");
    const [before, after] = [await counts(frame), await laterCounts(frame)];
    page.close();
    frame.close();
    return [
      {
        what: `values of a cell that gives one each second, in ${seconds} s of a hidden tab`,
        figure: `${after.ours - before.ours} ticks`,
        reference: `stock runtime ${after.theirs - before.theirs} ticks`,
        ratio: "",
        limit: "at least 9",
      },
    ];
  } finally {
    await browser.close();
    await app.close();
  }
}

/** Runs in the page: presses "Trust and run" if it is there. */
function trust(): void {
  for (const button of document.querySelectorAll("button"))
    if (button.textContent === "Trust and run") button.click();
}

/** Runs in the sandbox. */
function startStock(): void {
  const { stock } = globalThis as unknown as { stock: Stock };
  const global = globalThis as { theirs?: number };
  const module = new stock.Runtime().module();
  module.variable(true).define("tick", [], async function* () {
    for (let i = 1; ; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      yield i;
    }
  });
  module.variable(true).define(null, ["tick"], () => {
    global.theirs = (global.theirs ?? 0) + 1;
  });
}

interface Counts {
  readonly ours: number;
  readonly theirs: number;
  readonly state: DocumentVisibilityState;
}

function counts(frame: Attached): Promise<Counts> {
  return frame.evaluate("({ ours, theirs, state: document.visibilityState })");
}

async function laterCounts(frame: Attached): Promise<Counts> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const later = await counts(frame);
  if (later.state !== "hidden") throw new Error(`the page became ${later.state}`);
  return later;
}
