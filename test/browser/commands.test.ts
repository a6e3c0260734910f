import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const text = notebookFile("Keys", ["const a = 1", "const b = 2", "const c = 3"]);
  const names = ["move", "letters", "paste", "merge", "palette"];
  app = await startApp(Object.fromEntries(names.map((name) => [`notebooks/${name}.html`, text])));
});
afterAll(() => app.close());

async function open(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 1).locator(".cm-content").waitFor();
  return page;
}

/** The texts of the cells, from top to bottom. */
const texts = (page: Page) =>
  page
    .locator("section[data-cell]")
    .evaluateAll((sections) =>
      sections.map((section) => section.querySelector(".cm-content, .source")?.textContent ?? ""),
    );

const selected = (page: Page) =>
  page
    .locator("section[data-selected]")
    .evaluateAll((sections) => sections.map((each) => Number((each as HTMLElement).dataset.cell)));

test("Escape leaves the text; arrows go from cell to cell, Shift takes more, Enter edits again", async () => {
  const page = await open("move");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  expect(await selected(page)).toEqual([1]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  expect(await selected(page)).toEqual([2, 3]);
  await page.keyboard.press("ControlOrMeta+Alt+ArrowUp");
  await expect.poll(() => texts(page)).toEqual(["const b = 2", "const c = 3", "const a = 1"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.type("0");
  await expect.poll(() => texts(page)).toContain("const c = 30");
});

test("letters are commands: add, delete, make it text, undo", async () => {
  const page = await open("letters");
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  await expect.poll(() => texts(page)).toEqual(["const a = 1", "const c = 3"]);
  expect(await selected(page)).toEqual([3]);
  await page.keyboard.press("z");
  await expect.poll(() => texts(page)).toEqual(["const a = 1", "const b = 2", "const c = 3"]);
  await page.keyboard.press("a");
  await page.keyboard.type("const above = 0");
  await expect
    .poll(() => texts(page))
    .toEqual(["const a = 1", "const b = 2", "const above = 0", "const c = 3"]);
});

test("cells are copied as text of the file's format and pasted below, elsewhere too", async () => {
  const page = await open("paste");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ControlOrMeta+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("const b = 2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ControlOrMeta+v");
  await expect
    .poll(() => texts(page))
    .toEqual(["const a = 1", "const b = 2", "const c = 3", "const a = 1", "const b = 2"]);
  await expect
    .poll(() => readFile(join(app.folder, "notebooks/paste.html"), "utf8"))
    .toMatch(/id="4"[\s\S]*const a = 1[\s\S]*id="5"/);
});

test("cells are merged, and split at the cursor", async () => {
  const page = await open("merge");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+M");
  await expect.poll(() => texts(page)).toEqual(["const a = 1const b = 2", "const c = 3"]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ControlOrMeta+Shift+-");
  await expect.poll(() => texts(page)).toEqual(["const a = 1", "const b = 2", "const c = 3"]);
});

test("every command is found by its words, and acts where the focus was", async () => {
  const page = await open("palette");
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("delete");
  await expect.poll(() => page.getByRole("menuitem").count()).toBe(1);
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(page)).toEqual(["const a = 1", "const c = 3"]);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("nothing of that name");
  await expect.poll(() => page.getByText("No command has these words.").count()).toBe(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
});
