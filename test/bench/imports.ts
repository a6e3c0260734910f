import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { type App, cell, kernelCell, notebookFile, sandbox, startApp } from "../browser/app.ts";
import type { Row } from "./row.ts";

const edits = 20;

/** Runs in a cell: how long an import takes, from the call to the module. */
const timed =
  'const start = performance.now(); await import("d3"); display(`${performance.now() - start} ms`)';
const follow = (name: string) =>
  `import {n as ${name}} from "./lib.ts"\ndisplay(${name} + " at " + Date.now())`;

/**
 * First import of an npm package (d3, which is 31 packages) in a cell of either place, cold and again, and the time from
 * saving a module to the new value of a cell that imports it. Beside Vite's dev server in the same browser, and Node.
 */
export async function bench(): Promise<Row[]> {
  const app = await startApp({
    "package.json": '{"name": "bench", "type": "module"}',
    "notebooks/page.html": notebookFile("Page", [timed]),
    "notebooks/again.html": notebookFile("Again", [timed]),
    "notebooks/kernel.html": notebookFile("Kernel", [[kernelCell, timed]]),
    "notebooks/edits.html": notebookFile("Edits", [follow("a"), [kernelCell, follow("b")]]),
    "notebooks/lib.ts": "export const n: number = 0;",
    "vite/index.html": '<!doctype html><p id="d3"></p><script type="module" src="./main.js"></script>',
    "vite/main.js": viteMain,
  });
  try {
    copyPackage("d3", app.folder);
    const cold = await importTime(await open(app, "page"), 1);
    const again = await importTime(await open(app, "again"), 1);
    const kernel = await importTime(await open(app, "kernel"), 1);
    const node = nodeTime(app.folder);
    const page = await open(app, "edits");
    const inPage = await editTimes(app, page, 1);
    const inKernel = await editTimes(app, page, 2);
    const told = await watchTimes(join(app.folder, "notebooks/lib.ts"));
    const vite = await measureVite(app);
    return [
      row("first import of d3 in the page, nothing cached", cold, "Vite's dev server", vite.cold),
      row("the same in another notebook", again, "Vite's dev server, cached", vite.again),
      row("first import of d3 in the kernel", kernel, "Node", node),
      row(
        `edit of a module → cell in the page, p50 of ${edits}`,
        quantile(inPage, 0.5),
        "the system tells of the save",
        quantile(told, 0.5),
        "200 ms",
      ),
      row(
        "the same, p95",
        quantile(inPage, 0.95),
        "the system tells of the save",
        quantile(told, 0.95),
        "200 ms",
      ),
      row(
        "edit of a module → cell in the kernel, p50",
        quantile(inKernel, 0.5),
        "the system tells of the save",
        quantile(told, 0.5),
        "200 ms",
      ),
      row(
        "the same, p95",
        quantile(inKernel, 0.95),
        "the system tells of the save",
        quantile(told, 0.95),
        "200 ms",
      ),
    ];
  } finally {
    await app.close();
  }
}

const viteMain = `const start = performance.now();
await import("d3");
document.querySelector("#d3").textContent = performance.now() - start + " ms";
`;

function row(what: string, figure: number, peer: string, reference: number, limit = "–"): Row {
  return {
    what,
    figure: `${figure.toFixed(0)} ms`,
    reference: `${peer}: ${reference.toFixed(0)} ms`,
    ratio: (figure / reference).toFixed(2),
    limit,
  };
}

/** A package and all that it needs, as npm would install them. */
function copyPackage(name: string, folder: string): void {
  const from = join(process.cwd(), "node_modules", name);
  const to = join(folder, "node_modules", name);
  if (existsSync(to)) return;
  cpSync(from, to, { recursive: true });
  const { dependencies = {} } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  for (const each of Object.keys(dependencies)) copyPackage(each, folder);
}

async function open(app: App, name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  return page;
}

const output = (page: Page, id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);

async function importTime(page: Page, id: number): Promise<number> {
  const shown = output(page, id).getByText(/\d ms/);
  await shown.waitFor();
  return Number.parseFloat((await shown.textContent())?.replace('"', "") ?? "");
}

function nodeTime(folder: string): number {
  const script =
    'const start = performance.now(); await import("d3"); console.log(performance.now() - start)';
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder }));
}

/** From before the file is written to the run of the cell, by the machine's clock. */
async function editTimes(app: App, page: Page, id: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 1; n <= edits; n++) {
    const value = id * 1000 + n;
    times.push(await editTime(join(app.folder, "notebooks/lib.ts"), value, output(page, id)));
  }
  return times;
}

async function editTime(file: string, value: number, shown: ReturnType<typeof output>): Promise<number> {
  const before = Date.now();
  writeFileSync(file, `export const n: number = ${value};`);
  const text = shown.getByText(new RegExp(`\\b${value} at `));
  await text.waitFor();
  return Number(/at (\d+)/.exec((await text.textContent()) ?? "")?.[1]) - before;
}

/** From before a file is written to the event of its folder: nobody can know of an edit earlier. */
async function watchTimes(file: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 1; n <= edits; n++) {
    const watcher = watch(dirname(file));
    const changed = once(watcher, "change");
    const before = performance.now();
    writeFileSync(file, `export const n: number = ${3000 + n};`);
    await changed;
    times.push(performance.now() - before);
    watcher.close();
  }
  return times;
}

async function measureVite({ folder, browser }: App): Promise<{ cold: number; again: number }> {
  const root = join(folder, "vite");
  return { cold: await viteOnce(root, browser), again: await viteOnce(root, browser) };
}

async function viteOnce(root: string, browser: App["browser"]): Promise<number> {
  const { createServer } = await import("vite");
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: join(root, ".vite"),
    logLevel: "silent",
  });
  await server.listen(0);
  const page = await browser.newPage();
  try {
    await page.goto(server.resolvedUrls?.local[0] ?? "");
    const shown = page.locator("#d3").getByText(/ms/);
    await shown.waitFor();
    return Number.parseFloat((await shown.textContent()) ?? "");
  } finally {
    await page.close();
    await server.close();
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
