import type { Frame, Page } from "playwright-core";
import { type App, cell, notebookFile, startApp } from "../browser/app.ts";
import { ms, ratio } from "./figures.ts";
import { mountEditors } from "./parts/naive-editors.ts";
import type { Row } from "./row.ts";

const sizes = [
  { cells: 250, readable: 500, editable: 1000 },
  { cells: 1000, readable: 1000, editable: null },
];

interface Opened {
  readonly readable: number;
  readonly editable: number;
  readonly longest: number;
}

/**
 * From the click on a notebook in the home page until all its text is painted, and until a letter typed into its middle
 * stands there; the longest task in shell and sandbox meanwhile and until all has run.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp(
    Object.fromEntries(
      sizes.map(({ cells }) => [`notebooks/n${cells}.html`, notebookFile(`Cells ${cells}`, sources(cells))]),
    ),
  );
  try {
    const rows: Row[] = [];
    for (const { cells, readable, editable } of sizes) {
      await warmUp(app, cells);
      const opened = await openFromHome(app, cells);
      const naive = await mountEditors(app.browser, sources(cells));
      rows.push(row(`${cells} cells, click to readable`, opened.readable, naive, readable));
      if (editable === null) continue;
      rows.push(
        row(`${cells} cells, click to a letter typed in the middle`, opened.editable, naive, editable),
      );
      rows.push(row(`${cells} cells, longest task of page and sandbox`, opened.longest, naive, 100));
    }
    return rows;
  } finally {
    await app.close();
  }
}

function row(what: string, figure: number, naive: number, limit: number): Row {
  return {
    what,
    figure: ms(figure),
    reference: `that many CodeMirror editors at once: ${ms(naive)}`,
    ratio: ratio(figure, naive),
    limit: `≤ ${limit} ms`,
  };
}

function sources(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) =>
      `// Step ${at}\nconst a${at} = ${at === 0 ? 1 : `a${at - 1} + 1`};\nconst list${at} = Array.from({length: 5}, (_, i) => i * a${at});`,
  );
}

/** Trusts the notebook and lets it run once, as one that is opened every day has. */
async function warmUp(app: App, cells: number): Promise<void> {
  const page = await app.open(`/notebook?path=notebooks/n${cells}.html`);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  await page.locator(`section[data-cell="${cells}"][data-status="done"]`).waitFor();
  await page.context().close();
}

async function openFromHome(app: App, cells: number): Promise<Opened> {
  const context = await app.browser.newContext({ viewport: { width: 1200, height: 900 } });
  await context.addInitScript(watchTasks);
  const page = await context.newPage();
  try {
    await page.goto(app.url);
    await page.evaluate(watchClickAndText, cells);
    await page.getByRole("link", { name: `Cells ${cells}` }).click();
    const readable = await page.evaluate(() => (globalThis as unknown as Seen).readable);
    const editable = await typeInTheMiddle(page, Math.floor(cells / 2));
    await page.locator(`section[data-cell="${cells}"][data-status="done"]`).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1000);
    const longest = Math.max(...(await Promise.all(page.frames().map(longestTask))));
    return { readable, editable, longest };
  } finally {
    await context.close();
  }
}

interface Seen {
  readonly tasks: number[];
  readonly clicked: number;
  readonly readable: Promise<number>;
}

function watchTasks(): void {
  const tasks: number[] = [];
  Object.assign(globalThis, { tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask" });
}

/** Notes when the link was clicked; `readable` is the time from then until a frame with all cells' text was painted. */
function watchClickAndText(cells: number): void {
  const readable = new Promise<number>((resolve) => {
    addEventListener(
      "click",
      ({ timeStamp }) => {
        Object.assign(globalThis, { clicked: timeStamp });
        (globalThis as unknown as Seen).tasks.length = 0;
        const look = () => {
          const sections = document.querySelectorAll("section[data-cell]");
          const last = sections[sections.length - 1]?.textContent ?? "";
          if (sections.length < cells || !last.includes(`Step ${cells - 1}`))
            return requestAnimationFrame(look);
          // A message comes after the frame that this was called for.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          return port2.postMessage(null);
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
  Object.assign(globalThis, { readable });
}

async function typeInTheMiddle(page: Page, id: number): Promise<number> {
  const middle = cell(page, id);
  const place = await middle.evaluate((element) => {
    element.scrollIntoView({ block: "center" });
    const { left, top, height } = element.getBoundingClientRect();
    return { x: left + 200, y: top + Math.min(30, height / 2) };
  });
  await page.mouse.click(place.x, place.y);
  await page.keyboard.type("Q");
  return page.evaluate(
    (cell) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const text = document.querySelector(`section[data-cell="${cell}"] .cm-content`)?.textContent;
          if (text?.includes("Q")) resolve(performance.now() - (globalThis as unknown as Seen).clicked);
          else requestAnimationFrame(look);
        };
        look();
      }),
    id,
  );
}

function longestTask(frame: Frame): Promise<number> {
  return frame.evaluate(() => Math.max(0, ...(globalThis as unknown as Seen).tasks));
}
