import type { Frame, Page } from "playwright-core";
import { type App, cell, notebookFile, sandbox, startApp } from "../browser/app.ts";
import type { Row } from "./row.ts";

interface Large {
  readonly what: string;
  /** An expression of it, in either place. */
  readonly source: string;
  /** Text that is seen when it is shown. */
  readonly seen: string;
}

const large: readonly Large[] = [
  { what: "string of 10 MB", source: '"0123456789".repeat(1e6)', seen: "10,000,000 characters" },
  {
    what: "object nested 10,000 deep",
    source: "(() => { let o = 0; for (let i = 0; i < 1e4; i++) o = {o}; return o; })()",
    seen: "{o:",
  },
  {
    what: "array of 1 M numbers",
    source: "Array.from({length: 1e6}, (_, i) => i)",
    seen: "Array(1,000,000)",
  },
  {
    what: "Map of 100 k entries",
    source: "new Map(Array.from({length: 1e5}, (_, i) => [i, {i}]))",
    seen: "Map(100,000)",
  },
  {
    what: "1 M rows as objects",
    source: "Array.from({length: 1e6}, (_, i) => ({i, half: i / 2, name: 'row ' + i}))",
    seen: "",
  },
];

const places = ["browser", "kernel"] as const;

/** Time from the press of Run until a large value that is there already is seen, and the longest that the page was held up. */
export async function bench(): Promise<Row[]> {
  const app = await startApp({ "notebooks/large.html": notebookFile("Large", cells()) });
  try {
    const page = await openNotebook(app);
    const rows: Row[] = [];
    for (const [index, { what, seen, source }] of large.entries())
      for (const [at, place] of places.entries())
        rows.push(await measured(page, 4 * index + 2 * at + 2, `${what}, ${place}`, seen, source));
    return rows;
  } finally {
    await app.close();
  }
}

/** Of each value in each place a cell that makes it and, with the next id, one that shows it when it is run. */
function cells() {
  return large.flatMap(({ source }, index) =>
    places.flatMap((place) => {
      const attributes = `type="text/x-typescript" place="${place}"`;
      const name = `${place}${index}`;
      return [
        [attributes, `const ${name} = ${source}`] as const,
        [`${attributes} run="manual"`, `display(${name})`] as const,
      ];
    }),
  );
}

async function openNotebook(app: App): Promise<Page> {
  const page = await app.open("/notebook?path=notebooks/large.html");
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  for (let id = 1; id <= 4 * large.length; id += 2)
    await page.locator(`section[data-cell="${id}"][data-status="done"]`).waitFor();
  for (const frame of page.frames())
    await frame.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ type: "longtask" });
    });
  await checkThatSeen(page);
  return page;
}

/** Figures of an observer that sees nothing would be worth nothing. */
async function checkThatSeen(page: Page): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate(() => {
      setTimeout(() => {
        for (const start = performance.now(); performance.now() - start < 150; );
      });
    });
  await page.waitForTimeout(1000);
  for (const frame of page.frames())
    if ((await longest(frame)) < 140) throw new Error(`long tasks are not seen in ${frame.url()}`);
}

function longest(frame: Frame): Promise<number> {
  return frame.evaluate(() => Math.max(0, ...(globalThis as unknown as Tasks).tasks));
}

async function measured(page: Page, id: number, what: string, seen: string, source: string): Promise<Row> {
  await cell(page, id).scrollIntoViewIfNeeded();
  for (const frame of page.frames())
    await frame.evaluate(() => void (globalThis as unknown as Tasks).tasks.splice(0));
  const begin = performance.now();
  await page.getByRole("button", { name: `Run cell ${id}`, exact: true }).click();
  const slot = sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);
  await (seen === "" ? slot.locator("tbody tr, details").first() : slot.getByText(seen).first()).waitFor();
  const ms = performance.now() - begin;
  // What is shown is also kept, once it has been quiet for a second.
  await page.waitForTimeout(2000);
  const most = Math.max(...(await Promise.all(page.frames().map(longest))));
  return {
    what,
    figure: `seen after ${ms.toFixed(0)} ms, longest task ${most === 0 ? "under 50" : most.toFixed(0)} ms`,
    reference: await naive(page, source),
    ratio: "",
    limit: "no task over 100 ms",
  };
}

interface Tasks {
  readonly tasks: number[];
}

/** The same value as JSON in a <pre>, in a page of its own. */
async function naive(page: Page, source: string): Promise<string> {
  const plain = await page.context().newPage();
  try {
    const ms = await plain.evaluate((text) => {
      const value: unknown = new Function(`return ${text}`)();
      const start = performance.now();
      const pre = document.createElement("pre");
      try {
        pre.textContent = JSON.stringify(value instanceof Map ? [...value] : value);
      } catch {
        return null;
      }
      document.body.append(pre);
      pre.getBoundingClientRect();
      return performance.now() - start;
    }, source);
    return ms === null
      ? "as JSON in a <pre>: fails"
      : `as JSON in a <pre>: ${ms.toFixed(0)} ms, all one task`;
  } finally {
    await plain.close();
  }
}
