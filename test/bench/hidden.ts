import { chromium, type Frame, type Page } from "playwright-core";
import { launchBrowser, notebookFile, startApp } from "../browser/app.ts";
import { openNotebook } from "./parts/open.ts";
import { type Stock, stockCode } from "./parts/stock.ts";
import type { Row } from "./row.ts";

const seconds = 10;

/** A cell that gives a value every second, and one that counts them. */
const cells = [
  "const tick = (async function*() { for (let i = 1; ; i++) { await new Promise(r => setTimeout(r, 1000)); yield i; } })()",
  "globalThis.ours = (globalThis.ours ?? 0) + (tick > 0)",
];

/** Values that come in 10 s while another tab is in front, beside the stock runtime's in the same hidden page. */
export async function bench(): Promise<Row[]> {
  const app = await startApp({ "notebooks/hidden.html": notebookFile("Hidden", cells) });
  const browser = await launchHiding();
  try {
    const page = await openNotebook(app, "notebooks/hidden.html", browser);
    const frame = await sandboxFrame(page);
    await frame.waitForFunction(() => ((globalThis as { ours?: number }).ours ?? 0) > 0);
    await frame.evaluate(startStock, await stockCode());
    await frame.waitForFunction(() => (globalThis as { theirs?: number }).theirs);
    await hide(page);
    const before = await frame.evaluate(counts);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const after = await frame.evaluate(counts);
    if (after.state !== "hidden") throw new Error(`the page was ${after.state}, not hidden`);
    return [
      {
        what: `values of a cell that gives one each second, in ${seconds} s, the tab hidden`,
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

/** Chromium as a user has it: playwright's own would not hold back timers of hidden pages. */
async function launchHiding() {
  const usual = await launchBrowser();
  const executablePath = usual.browserType().executablePath();
  await usual.close();
  return await chromium.launch({
    executablePath: process.env.CHROME ?? (executablePath || "/usr/bin/chromium"),
    args: ["--no-sandbox"],
    ignoreDefaultArgs: [
      "--disable-background-timer-throttling",
      "--disable-backgrounding-occluded-windows",
      "--disable-renderer-backgrounding",
    ],
  });
}

async function sandboxFrame(page: Page): Promise<Frame> {
  const handle = await page.locator("iframe").elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error("the page has no sandbox");
  return frame;
}

/** Another tab of the same window comes to the front. */
async function hide(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  const other = await page.context().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === "hidden", undefined, { polling: 200 });
}

/** Runs in the sandbox. */
function startStock(code: string): void {
  new Function(code)();
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

/** Runs in the sandbox. */
function counts() {
  const { ours = 0, theirs = 0 } = globalThis as { ours?: number; theirs?: number };
  return { ours, theirs, state: document.visibilityState };
}
