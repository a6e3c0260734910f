import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, rewrite, sandbox, startApp } from "./app.ts";

const typed = 'type="text/x-typescript"';

let app: App;

beforeAll(async () => {
  app = await startApp({
    "notebooks/manual.html": notebookFile("By hand", [
      'const n = view(Inputs.range([0, 9], {step: 1, value: 1, label: "n"}))',
      [`${typed} run="manual"`, "const m = n * 10; display(`made of ${n}`)"],
      "m + 1",
      [`${kernelCell} run="manual"`, "const k = n * 100; display(k)"],
      "k + 1",
    ]),
    "notebooks/lazy.html": notebookFile("Lazy", [
      "const a = 1",
      [kernelCell, "const b = a + 1; display('b is ' + b)"],
      "const c = b * 2; display(html`<div style='height: 180px'>c is ${c}</div>`)",
      ['type="text/markdown"', "A note."],
    ]).replace("<notebook>", '<notebook run="lazy">'),
    "notebooks/once.html": notebookFile("Once", [
      "const n = 3",
      [`${typed} run="once"`, "const r = {n, at: Math.random()}; display(`r of ${n}: ${r.at}`)"],
      [`${kernelCell} run="once"`, "const s = {n, at: Math.random()}; display(`s of ${n}: ${s.at}`)"],
      [`${typed} run="once"`, "const f = () => n; display('f')"],
      "`${r.at} ${s.at}`",
    ]),
    "notebooks/kept.html": notebookFile("Kept", [
      "display(html`<div style='height: 300px'>tall</div>`)",
      [kernelCell, "display('from the kernel')"],
      "await new Promise((go) => { globalThis.go = go; setTimeout(go, globalThis.slow ?? 0) }); display('last')",
    ]),
  });
});

afterAll(async () => {
  await app?.close();
});

async function openNotebook(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  const trust = page.getByRole("button", { name: "Trust and run" });
  await cell(page, 1).waitFor();
  if (await trust.isVisible()) await trust.click();
  return page;
}

const output = (page: Page, id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);
const status = (page: Page, id: number) => cell(page, id).getAttribute("data-status");
const mark = (page: Page, id: number): Locator => cell(page, id).locator(".mark-text");
const runButton = (page: Page, id: number) => page.getByRole("button", { name: `Run: cell ${id}` });
const becomes = (page: Page, id: number, wanted: string) =>
  expect.poll(() => status(page, id), { timeout: 15_000 }).toBe(wanted);

/** What is kept of a cell's outputs, as bytes. */
function keptText(notebook: string, id: number): string {
  const database = new Database(join(app.folder, ".percolate/outputs/outputs.db"), { readonly: true });
  const kept = database.prepare("SELECT body FROM shown WHERE notebook = ? AND cell = ?").get(notebook, id);
  database.close();
  return (kept as { body: Buffer } | undefined)?.body.toString("latin1") ?? "";
}

/** Cells of which both outputs and height are kept. */
function keptCells(notebook: string): number[] {
  const database = new Database(join(app.folder, ".percolate/outputs/outputs.db"), { readonly: true });
  const kept = database
    .prepare("SELECT cell FROM shown JOIN heights USING (notebook, cell) WHERE notebook = ? ORDER BY cell")
    .all(notebook) as { cell: number }[];
  database.close();
  return kept.map((row) => row.cell);
}

test("a cell that runs by hand says which input changed, keeps what it shows, and runs at the press of its button", async () => {
  const page = await openNotebook("manual");
  for (const id of [2, 3, 4, 5]) await becomes(page, id, "stale");
  await expect.poll(() => mark(page, 2).textContent()).toMatch(/^Not run yet/);
  expect(await mark(page, 3).textContent()).toMatch(/^Needs m of cell 2, which has not run/);
  await runButton(page, 2).click();
  await runButton(page, 4).click();
  await expect.poll(() => output(page, 3).textContent()).toBe("11");
  await expect.poll(() => output(page, 5).textContent()).toBe("101");
  expect(await mark(page, 2).count()).toBe(0);
  await output(page, 1).locator("input[type=range]").fill("4");
  for (const id of [2, 3, 4, 5]) await becomes(page, id, "stale");
  expect(await mark(page, 2).textContent()).toBe("An input changed: n");
  await expect.poll(() => mark(page, 4).textContent()).toBe("An input changed: n");
  expect(await output(page, 2).textContent()).toContain("made of 1");
  const all = page.getByRole("button", { name: "Run all 4 stale" });
  await all.waitFor();
  await page.getByRole("textbox", { name: "Notebook title" }).click();
  await page.keyboard.press("ControlOrMeta+Alt+Enter");
  await expect.poll(() => output(page, 3).textContent()).toBe("41");
  await expect.poll(() => output(page, 5).textContent()).toBe("401");
  await all.waitFor({ state: "detached" });
  await page.close();
});

test("a lazy notebook runs nothing by itself; to run a cell runs what it needs, in both places", async () => {
  const page = await openNotebook("lazy");
  for (const id of [1, 2, 3]) await becomes(page, id, "stale");
  await output(page, 4).getByText("A note.").waitFor();
  await page.getByRole("button", { name: "Run all 3 stale" }).waitFor();
  await runButton(page, 3).click();
  await output(page, 3).getByText("c is 4").waitFor();
  for (const id of [1, 2, 3]) await becomes(page, id, "done");
  await rewrite(page, 1, "const a = 5");
  await becomes(page, 1, "done");
  await becomes(page, 2, "stale");
  await becomes(page, 3, "stale");
  expect(await output(page, 3).textContent()).toContain("c is 4");
  await expect.poll(() => mark(page, 2).textContent()).toBe("An input changed: a");
  await runButton(page, 3).click();
  await output(page, 3).getByText("c is 12").waitFor();
  await expect.poll(() => keptText("notebooks/lazy.html", 3), { timeout: 15_000 }).toContain("c is 12");
  await page.close();
  const again = await app.open("/notebook?path=notebooks/lazy.html");
  await output(again, 3).getByText("c is 12").waitFor();
  await becomes(again, 3, "stale");
  await expect.poll(() => mark(again, 3).textContent()).toMatch(/from the last run, \d\d:\d\d/);
  await again.getByRole("button", { name: /^When cells run/ }).click();
  await again.getByRole("menuitem", { name: /run when something they use changes/ }).click();
  await becomes(again, 3, "done");
  const file = join(app.folder, "notebooks/lazy.html");
  await expect.poll(() => readFile(file, "utf8")).not.toContain("lazy");
  await again.close();
});

test("a cell that runs once gives its result again on a new page and in a new kernel; what cannot be kept says why", async () => {
  const page = await openNotebook("once");
  for (const id of [2, 3, 4, 5]) await becomes(page, id, "done");
  const first = await output(page, 5).textContent();
  await expect.poll(() => mark(page, 4).textContent()).toMatch(/^Not kept: f is a function$/);
  await page.close();
  const again = await openNotebook("once");
  for (const id of [2, 3, 5]) await becomes(again, id, "done");
  expect(await output(again, 5).textContent()).toBe(first);
  await expect.poll(() => mark(again, 2).textContent()).toMatch(/^Kept since \d\d:\d\d$/);
  await output(again, 2).getByText("r of 3").waitFor();
  await again.getByRole("button", { name: /^Kernel / }).click();
  await again.getByRole("menuitem", { name: "Restart kernel" }).click();
  await expect.poll(() => mark(again, 3).textContent(), { timeout: 15_000 }).toMatch(/^Kept since/);
  await output(again, 3).getByText("s of 3").waitFor();
  await expect.poll(() => output(again, 5).textContent()).toBe(first);
  await again.getByRole("button", { name: "Run again: cell 2" }).click();
  await expect.poll(() => output(again, 5).textContent()).not.toBe(first);
  const second = await output(again, 5).textContent();
  await rewrite(again, 1, "const n = 4");
  await output(again, 2).getByText("r of 4").waitFor();
  await rewrite(again, 1, "const n = 3");
  await expect.poll(() => output(again, 5).textContent()).toBe(second);
  await again.close();
});

test("a reopened notebook has its outputs and their room before anything runs, and nothing moves as they are replaced", async () => {
  const page = await openNotebook("kept");
  for (const id of [1, 2, 3]) await becomes(page, id, "done");
  await output(page, 3).getByText("last").waitFor();
  const placed = await cell(page, 3).boundingBox();
  await expect.poll(() => keptCells("notebooks/kept.html"), { timeout: 15_000 }).toEqual([1, 2, 3]);
  await page.close();
  const context = await app.browser.newContext({ viewport: { width: 1200, height: 900 } });
  const again = await context.newPage();
  await again.goto(app.url);
  await again.addInitScript(() => {
    (globalThis as unknown as { slow: number }).slow = 3000;
    const tops: number[] = [];
    (globalThis as unknown as { tops: number[] }).tops = tops;
    const look = () => {
      const section = document.querySelector('section[data-cell="3"]');
      if (section) tops.push(Math.round(section.getBoundingClientRect().top));
      requestAnimationFrame(look);
    };
    look();
  });
  await again.goto(new URL("/notebook?path=notebooks/kept.html", app.url).href);
  await expect.poll(() => mark(again, 3).textContent()).toMatch(/^From the last run, \d\d:\d\d$/);
  await output(again, 3).getByText("last").waitFor();
  await becomes(again, 3, "done");
  expect(await mark(again, 3).count()).toBe(0);
  expect((await cell(again, 3).boundingBox())?.y).toBe(placed?.y);
  const tops = await again.evaluate("[...new Set(tops)]");
  expect(tops).toEqual([Math.round(placed?.y ?? 0)]);
  await context.close();
});
