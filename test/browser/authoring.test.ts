import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, rewrite, sandbox, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  app = await startApp({
    "notebooks/order.html": notebookFile("Order", ["'one'", "'two'", "'three'"]),
    "notebooks/stop.html": notebookFile("Stop", [
      "const wait = () => new Promise(() => {})",
      "await wait()",
      "document.createElement('b')",
      "'free'",
    ]),
    "notebooks/exit.html": notebookFile("Exit", [[kernelCell, "process.version.length > 0"]]),
    "notebooks/bin.html": notebookFile("For the bin", ["1"]),
    "notebooks/keys.html": notebookFile("Only keys", ["'pressed'"]),
    "notebooks/report.html": notebookFile("To read", ["display(html`<h2>Hello, reader</h2>`)"]),
    "templates/start.html": notebookFile("A start", ["'from the template'"]),
  });
});

afterAll(async () => {
  await app?.close();
});

async function openNotebook(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await trust(page);
  return page;
}

async function trust(page: Page): Promise<void> {
  await cell(page, 1).waitFor();
  const button = page.getByRole("button", { name: "Trust and run" });
  if (await button.isVisible()) await button.click();
}

const shown = (page: Page, id: number) =>
  expect.poll(() => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`).textContent(), { timeout: 15_000 });

const status = (page: Page, id: number) =>
  expect.poll(() => cell(page, id).getAttribute("data-status"), { timeout: 15_000 });

const fileOf = (page: Page) => () =>
  readFile(join(app.folder, new URL(page.url()).searchParams.get("path") ?? ""), "utf8");

async function choose(page: Page, id: number, item: string): Promise<void> {
  await pick(page, cell(page, id).getByRole("button", { name: `Menu of cell ${id}` }), item);
}

/** Opens a menu and picks from it. A result that comes meanwhile moves the page, which closes an open menu. */
async function pick(page: Page, button: Locator, item: string): Promise<void> {
  const choice = page.getByRole("menuitem", { name: item, exact: true });
  for (let tries = 0; tries < 3; tries++) {
    if (!(await choice.isVisible())) await button.click();
    const picked = await choice.click({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (picked) return;
  }
  throw new Error(`the menu has no "${item}"`);
}

/** Adds a cell from a menu and returns its id. */
async function add(page: Page, kind: string, button = "Add cell"): Promise<number> {
  const before = await cellIds(page);
  await pick(page, page.getByRole("button", { name: button, exact: true }), kind);
  await expect.poll(async () => (await cellIds(page)).length).toBe(before.length + 1);
  return (await cellIds(page)).find((id) => !before.includes(id)) ?? 0;
}

const cellIds = (page: Page): Promise<number[]> =>
  page
    .locator("section.cell")
    .evaluateAll((all) => all.map((each) => Number((each as HTMLElement).dataset.cell)));

const codeHasFocus = (page: Page, id: number) =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toBe(`Code of cell ${id}`);

test("a new notebook takes cells of every kind, and a reload finds all of it", {
  timeout: 90_000,
}, async () => {
  const page = await app.open("/");
  await page.getByRole("button", { name: "New notebook" }).click();
  await page.getByRole("button", { name: "Write TypeScript" }).click();
  await page.keyboard.type("const n = 20");
  await page.keyboard.press("Shift+Enter");
  const [heading = 0, first = 0] = await cellIds(page);
  const second = await expect
    .poll(() => cellIds(page))
    .toHaveLength(3)
    .then(() => cellIds(page));
  const sum = second[2] ?? 0;
  await codeHasFocus(page, sum);
  await page.keyboard.type("n + 1");
  await page.keyboard.press("Control+Enter");
  await shown(page, sum).toBe("21");
  await page.getByRole("textbox", { name: "Notebook title" }).fill("My analysis");

  const query = await add(page, "SQL");
  await codeHasFocus(page, query);
  await page.keyboard.insertText("SELECT ${n} * 2 AS twice");
  await choose(page, query, "Result name…");
  await page.getByRole("dialog").getByRole("textbox").fill("answer");
  await page.keyboard.press("Enter");
  await rewrite(page, query, "SELECT ${n} * 2 AS twice");
  const note = await add(page, "Markdown");
  await page.keyboard.insertText("Twice is **${answer[0].twice}**");
  await page.keyboard.press("Shift+Enter");
  await shown(page, note).toContain("Twice is 40");
  const markup = await add(page, "HTML");
  await page.keyboard.insertText("<em>${n} cups</em>");
  await page.keyboard.press("Control+Enter");
  await shown(page, markup).toContain("20 cups");
  await rewrite(page, first, "const n = 21");
  await shown(page, note).toContain("Twice is 42");

  await choose(page, sum, "Kernel (Node)");
  await rewrite(page, sum, "n + process.versions.node.length * 0");
  await shown(page, sum).toBe("21");
  await expect
    .poll(fileOf(page))
    .toMatch(/My analysis[\s\S]*place="kernel"[\s\S]*output="answer"[\s\S]*21|21[\s\S]*place="kernel"/);
  await page.reload();
  await shown(page, note).toContain("Twice is 42");
  await shown(page, markup).toContain("21 cups");
  await shown(page, sum).toBe("21");
  expect(await page.getByRole("textbox", { name: "Notebook title" }).inputValue()).toBe("My analysis");
  expect((await cellIds(page)).slice(0, 2)).toEqual([heading, first]);
  expect(await cell(page, query).textContent()).toContain("SQL → answer");
  await page.context().close();
});

test("cells are added between, moved, changed in kind, deleted and brought back", async () => {
  const page = await openNotebook("order");
  const between = await add(page, "Markdown", "Insert below cell 1");
  await page.keyboard.insertText("a **note**");
  await expect.poll(() => cellIds(page)).toEqual([1, between, 2, 3]);
  await choose(page, 3, "Move up");
  await expect.poll(() => cellIds(page)).toEqual([1, between, 3, 2]);
  await choose(page, 1, "Move down");
  await expect.poll(() => cellIds(page)).toEqual([between, 1, 3, 2]);
  await choose(page, 2, "Delete");
  await expect.poll(() => cellIds(page)).toEqual([between, 1, 3]);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => cellIds(page)).toEqual([between, 1, 3, 2]);
  await shown(page, 2).toContain("two");
  await choose(page, 3, "Delete");
  await expect.poll(() => cellIds(page)).toEqual([between, 1, 2]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => cellIds(page)).toEqual([between, 1, 3, 2]);
  await choose(page, 2, "HTML");
  await rewrite(page, 2, "<i>slanted</i>");
  await shown(page, 2).toContain("slanted");
  await expect.poll(fileOf(page)).toMatch(/a \*\*note\*\*[\s\S]*'one'[\s\S]*'three'[\s\S]*<i>slanted<\/i>/);
  await page.context().close();
});

test("a note shows its text, and its code while it is edited", async () => {
  const page = await openNotebook("order");
  const note = await add(page, "Markdown");
  await page.keyboard.insertText("# Read me");
  await page.getByRole("textbox", { name: "Notebook title" }).click();
  await shown(page, note).toContain("Read me");
  await expect.poll(() => cell(page, note).locator(".cm-content").count()).toBe(0);
  await cell(page, note)
    .getByRole("button", { name: `Edit cell ${note}` })
    .click();
  await codeHasFocus(page, note);
  await page.keyboard.insertText(" twice");
  await page.keyboard.press("Shift+Enter");
  await shown(page, note).toContain("Read me twice");
  await page.context().close();
});

test("an error is underlined where it is, and the link under it leads there", async () => {
  const page = await openNotebook("order");
  await rewrite(page, 1, "const fine = 1;\nfine.one.two");
  // The editor's own mistake, that a number has no "one", may stand beside it.
  await expect.poll(() => cell(page, 1).locator(".cm-lintRange-error").allTextContents()).toContain("two");
  await cell(page, 2).locator(".cm-content").click();
  await cell(page, 1)
    .getByRole("button", { name: /^line 2:/ })
    .click();
  await codeHasFocus(page, 1);
  await page.keyboard.insertText("<");
  await expect.poll(() => cell(page, 1).locator(".cm-content").textContent()).toContain("fine.one.<two");
  await page.context().close();
});

test("Stop ends what waits without losing a thing, and of what is stuck only the cell that began last", async () => {
  const page = await openNotebook("stop");
  const stop = page.getByRole("button", { name: "Stop", exact: true });
  await status(page, 2).toBe("running");
  await rewrite(page, 4, "Math.random()");
  const output = sandbox(page).locator('.pc-cell[data-cell="4"]');
  await status(page, 4).toBe("done");
  await expect.poll(() => output.textContent()).toMatch(/^0\./);
  const before = await output.textContent();
  await stop.click();
  await status(page, 2).toBe("stopped");
  expect(await output.textContent()).toBe(before);
  await rewrite(page, 2, "await wait(); 'never'");
  await status(page, 2).toBe("running");
  await rewrite(page, 3, "while (true) {}");
  await status(page, 3).toBe("running");
  await stop.click();
  await status(page, 3).toBe("stopped");
  await status(page, 4).toBe("done");
  await status(page, 2).toBe("running");
  await page.context().close();
});

test("a kernel that ends says so, and starts again when asked", async () => {
  const page = await openNotebook("exit");
  await shown(page, 1).toBe("true");
  await rewrite(page, 1, "process.exit(3)");
  await expect
    .poll(() => page.locator(".banners").textContent(), { timeout: 15_000 })
    .toMatch(/ended with status 3/);
  await page.getByRole("button", { name: "Kernel ended" }).waitFor();
  await rewrite(page, 1, "6 * 7");
  await shown(page, 1).toBe("42");
  await page.getByRole("button", { name: "Kernel ready" }).waitFor();
  expect(await page.locator(".banners").textContent()).toBe("");
  await page.context().close();
});

test("notebooks are put into the trash and brought back; templates are copied; reports are saved", async () => {
  const page = await app.open("/");
  const link = page.getByRole("link", { name: "For the bin" });
  await page.getByRole("button", { name: "Actions for For the bin" }).click();
  await page.getByRole("menuitem", { name: "Move to trash" }).click();
  await link.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await link.waitFor();
  await page.getByRole("button", { name: "Use template A start" }).click();
  await trust(page);
  await shown(page, 1).toContain("from the template");
  expect(new URL(page.url()).searchParams.get("path")).toMatch(/^notebooks\//);

  const other = await openNotebook("report");
  const download = other.waitForEvent("download");
  await other.getByRole("button", { name: "Report", exact: true }).click();
  const path = await (await download).path();
  expect((await download).suggestedFilename()).toBe("report-report.html");
  expect(await readFile(path, "utf8")).toContain("Hello, reader");
  await other.context().close();
  await page.context().close();
});

test("home and a notebook can be used by keyboard alone", async () => {
  const page = await app.open("/");
  await page.getByRole("link", { name: "Order" }).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return at?.getAttribute("aria-label") ?? at?.textContent?.trim() ?? "";
    });
  /** The item of a list whose field has the focus. */
  const pointed = () =>
    page.evaluate(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
      return document.getElementById(id)?.textContent?.trim() ?? "";
    });
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 40 && (await focused()) !== name; presses++)
      await page.keyboard.press("Tab");
    expect(await focused()).toBe(name);
  };
  await tabTo("New notebook");
  await tabTo("Search notebooks, tables and templates");
  await page.keyboard.type("only");
  await tabTo("Only keys");
  await page.keyboard.press("Enter");
  await cell(page, 1).waitFor();
  await tabTo("Trust and run");
  await page.keyboard.press("Enter");
  await shown(page, 1).toContain("pressed");
  await tabTo("Run cell 1");
  await tabTo("Code of cell 1");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await tabTo("Menu of cell 1");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toMatch(/^Move up/);
  await page.keyboard.press("Escape");
  await expect.poll(focused).toBe("Menu of cell 1");
  await tabTo("Insert below cell 1");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Find something to insert");
  await page.keyboard.press("ArrowDown");
  await expect.poll(pointed).toBe("TypeScript");
  await page.keyboard.press("ArrowDown");
  await expect.poll(pointed).toBe("SQL");
  await page.keyboard.press("Enter");
  await expect.poll(() => cellIds(page)).toEqual([1, 2]);
  await codeHasFocus(page, 2);
  await page.context().close();
});
