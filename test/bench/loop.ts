import type { Locator, Page } from "playwright-core";
import { type App, cell, kernelCell, notebookFile, rewrite, sandbox, startApp } from "../browser/app.ts";
import { ms, quantile } from "./figures.ts";
import type { Row } from "./row.ts";

const trials = Number(process.env.TRIALS ?? 50);
const places = (process.env.PLACES ?? "browser,kernel").split(",") as ("browser" | "kernel")[];

/** A way to never come to an end. `late`: only after the cell's run is done. */
interface Loop {
  readonly source: string;
  readonly late?: "by itself" | "on click";
}

const anywhere: readonly Loop[] = [
  { source: "while (true) {}" },
  { source: "function spin() { while (true); }\nspin()" },
  { source: "await Promise.resolve().then(() => { while (true); })" },
  { source: "const endless = (function* () { while (true) yield 1; })();\nfor (const one of endless);" },
  { source: '/^(a+)+$/.test("a".repeat(50) + "!")' },
  {
    source:
      "const many = Array.from({ length: 2e6 }, (_, i) => (i * 7919) % 1e6);\n" +
      "many.sort((a, b) => { let s = 0; for (let k = 0; k < 1e5; k++) s += k; return a - b + 0 * s; })",
  },
  { source: "while (true) await null" },
];

const loops: Readonly<Record<"browser" | "kernel", readonly Loop[]>> = {
  browser: [
    ...anywhere,
    { source: "html`<button onclick=${() => { while (true); }}>loop`", late: "on click" },
  ],
  kernel: [
    ...anywhere,
    { source: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)" },
    {
      source:
        "await sql`SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b WHERE a.range * b.range % 7 = 3`",
    },
    { source: "setTimeout(() => { while (true); }, 50)", late: "by itself" },
  ],
};

interface Trial {
  readonly stopped: number;
  /** From the loop's begin to the Stop button, where no cell shows as running. */
  readonly noticed: number | null;
  readonly valuesLost: number;
  readonly charactersLost: number;
}

/**
 * Endless loops through the real page: someone types while a cell loops, presses Stop (or its key), and goes on
 * typing. Told: time to stopped, and what was lost of other cells' values and of what was typed.
 */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const place of places) rows.push(...rowsOf(place, await trialsIn(place)));
  return rows;
}

function rowsOf(place: string, all: readonly Trial[]): Row[] {
  const times = all.map(({ stopped }) => stopped);
  const noticed = all.flatMap(({ noticed }) => noticed ?? []);
  const good = all.filter(
    ({ stopped, valuesLost, charactersLost }) => stopped <= 1000 && valuesLost + charactersLost === 0,
  );
  const lost = (key: "valuesLost" | "charactersLost") => all.reduce((sum, trial) => sum + trial[key], 0);
  const stops: Row = {
    what: `endless loops in the ${place} stopped in ≤ 1 s with nothing lost`,
    figure: `${good.length} of ${all.length}`,
    reference: `values lost ${lost("valuesLost")}, characters lost ${lost("charactersLost")}`,
    ratio: `p50 ${ms(quantile(times, 0.5))}, most ${ms(Math.max(...times))}`,
    limit: "all",
  };
  if (noticed.length === 0) return [stops];
  return [
    stops,
    {
      what: `a loop outside of a run in the ${place}: until Stop is offered`,
      figure: ms(Math.max(...noticed)),
      reference: `${noticed.length} trials`,
      ratio: `p50 ${ms(quantile(noticed, 0.5))}`,
      limit: "2000 ms",
    },
  ];
}

async function trialsIn(place: "browser" | "kernel"): Promise<Trial[]> {
  const code = place === "kernel" ? kernelCell : 'type="text/x-typescript"';
  const app = await startApp({
    "notebooks/loop.html": notebookFile("Loop", [
      ['type="text/x-typescript"', "const n = view(Inputs.range([0, 100], {step: 1, value: 1}))"],
      [code, place === "kernel" ? "const kept = Math.random()" : "const kept = n * 1000 + 7"],
      [code, "`kept ${kept}`"],
      [code, "1"],
      ['type="text/x-typescript"', "// "],
    ]),
  });
  try {
    const page = await opened(app);
    const all: Trial[] = [];
    for (let at = 0; at < trials; at++) {
      const loop = loops[place][at % loops[place].length] as Loop;
      try {
        all.push(await trial(page, loop, at));
      } catch (error) {
        throw new Error(`trial ${at} in the ${place}: ${loop.source}`, { cause: error });
      }
    }
    return all;
  } finally {
    await app.close();
  }
}

async function opened(app: App): Promise<Page> {
  const page = await app.open("/notebook?path=notebooks/loop.html");
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  await output(page, 1).locator("input[type=range]").fill("42");
  await output(page, 3).getByText("kept").waitFor();
  await page.waitForFunction(isDone, 3);
  return page;
}

const output = (page: Page, id: number): Locator => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);

function isDone(id: number): boolean {
  return document.querySelector(`.cell[data-cell="${id}"]`)?.getAttribute("data-status") === "done";
}

function isRunning(id: number): boolean {
  return document.querySelector(`.cell[data-cell="${id}"]`)?.getAttribute("data-status") === "running";
}

async function trial(page: Page, loop: Loop, at: number): Promise<Trial> {
  const before = await output(page, 3).textContent();
  await rewrite(page, 4, loop.source);
  const noticed = await begun(page, loop);
  const typing = type(page, ` trial ${at}`);
  const stopped = await stop(page, at % 2 === 0);
  const typed = await typing;
  const note = await cell(page, 5).locator(".cm-content").textContent();
  await page.locator(".stop-all").waitFor({ state: "detached" });
  await page.waitForFunction(isDone, 3);
  const after = await output(page, 3).textContent();
  const slider = await output(page, 1).locator("input[type=range]").inputValue();
  await rewrite(page, 4, "1");
  await page.waitForFunction(isDone, 4);
  return {
    stopped,
    noticed,
    valuesLost: Number(after !== before) + Number(slider !== "42"),
    charactersLost: note?.endsWith(typed) ? 0 : typed.length,
  };
}

/** Waits until the loop is on. @returns ms until Stop was offered, for one that no run shows */
async function begun(page: Page, { late }: Loop): Promise<number | null> {
  if (!late) {
    await page.waitForFunction(isRunning, 4);
    return null;
  }
  await page.waitForFunction(isDone, 4);
  const start = performance.now();
  if (late === "on click")
    void output(page, 4)
      .getByRole("button")
      .click({ timeout: 500, noWaitAfter: true })
      .catch(() => {});
  await page.locator(".stop-all").waitFor();
  return performance.now() - start;
}

/** Types at the end of the note, key by key. @returns what was typed */
async function type(page: Page, text: string): Promise<string> {
  await cell(page, 5).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(text, { delay: 10 });
  return text;
}

/** Presses Stop, or its key, and measures in the page until nothing runs any more. */
async function stop(page: Page, byKey: boolean): Promise<number> {
  const button = page.locator(".stop-all");
  await button.waitFor();
  return await page.evaluate(pressAndWait, byKey);
}

function pressAndWait(byKey: boolean): Promise<number> {
  const start = performance.now();
  const key = { key: ".", code: "Period", ctrlKey: true, bubbles: true, cancelable: true };
  if (byKey) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", key));
  else document.querySelector<HTMLElement>(".stop-all")?.click();
  return new Promise((resolve) => {
    const look = () => {
      const runs = document.querySelector('.stop-all, .cell[data-cell="4"][data-status="running"]');
      if (runs) setTimeout(look, 4);
      else resolve(performance.now() - start);
    };
    look();
  });
}
