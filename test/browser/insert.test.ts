import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const rows = 'const rows = [{ day: "mon", cups: 3 }, { day: "tue", cups: 4 }]';
  const template = notebookFile("A template", [
    ['type="text/markdown"', "# From the template"],
    "const t = 1",
  ]);
  app = await startApp({
    "notebooks/slash.html": notebookFile("Slash", [rows, ""]),
    "notebooks/plus.html": notebookFile("Plus", ["const amount = 1", "amount"]),
    "notebooks/keep.html": notebookFile("Keep", ["const kept = 1", "const other = kept"]),
    "notebooks/comment.html": notebookFile("Comment", ["1", ""]),
    "templates/t.html": template,
    "snippets/answer-of-all.ts": "const answer = 42;\n",
    "snippets/broken.html": "no notebook",
  });
});
afterAll(() => app.close());

async function open(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 2).locator(".cm-content").waitFor();
  return page;
}

const menu = (page: Page) => page.getByRole("dialog", { name: "Insert" });
const items = (page: Page) => menu(page).getByRole("menuitem").allTextContents();
const texts = (page: Page) =>
  page
    .locator("section[data-cell]")
    .evaluateAll((all) => all.map((each) => each.querySelector(".cm-content, .source")?.textContent ?? ""));

test("a slash in an empty cell asks what it is to become; a chart of the rows that are there is offered", async () => {
  const page = await open("slash");
  await page.getByRole("button", { name: "Trust and run" }).click();
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.type("/");
  await menu(page).waitFor();
  await expect.poll(() => items(page)).toContain("Chart of rows");
  await page.keyboard.type("of chart");
  await expect.poll(() => items(page)).toEqual(["Chart of rows"]);
  await page.keyboard.press("Enter");
  await expect
    .poll(() => texts(page).then((all) => all[1]))
    .toContain('Plot.barY(rows, Plot.groupX({ y: "sum" }');
  expect(await page.locator("section[data-cell]").count()).toBe(2);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect.poll(() => page.frameLocator("iframe").locator("svg rect").count()).toBeGreaterThan(1);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => texts(page).then((all) => all[1])).not.toContain("Plot");
});

test("Escape leaves the cell empty, a second slash begins a comment, and nothing found says so", async () => {
  const page = await open("comment");
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.type("/");
  await menu(page).waitFor();
  await page.keyboard.type("no such thing");
  await expect.poll(() => menu(page).getByText("Nothing has these words.").count()).toBe(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect.poll(() => menu(page).count()).toBe(0);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toBe("Code of cell 2");
  await page.keyboard.type("/");
  await menu(page).waitFor();
  await page.keyboard.type("/");
  await expect.poll(() => menu(page).count()).toBe(0);
  await page.keyboard.type(" words");
  await expect.poll(() => texts(page)).toEqual(["1", "// words"]);
});

test("the + between cells puts snippets in with names of their own, templates with all cells, and the user's snippets", async () => {
  const page = await open("plus");
  await page.getByRole("button", { name: "Insert below cell 1" }).click();
  await menu(page).waitFor();
  await page.keyboard.type("slider");
  await expect.poll(() => items(page).then((all) => all[0])).toBe("Slider");
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(page).then((all) => all[1])).toContain("const amount2 = view(");
  await page.keyboard.type("Cups");
  await expect.poll(() => texts(page).then((all) => all[1])).toContain('label: "Cups"');
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("insert a cell");
  await page.keyboard.press("Enter");
  await menu(page).waitFor();
  await page.keyboard.type("answer of all");
  await expect.poll(() => items(page)).toEqual(["Answer of all"]);
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(page).then((all) => all[2])).toBe("const answer = 42;");
  await page.getByRole("button", { name: "Add cell" }).click();
  await page.keyboard.type("a template");
  await expect.poll(() => items(page)).toEqual(["A template"]);
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(page).then((all) => all.length)).toBe(6);
  await expect.poll(() => texts(page).then((all) => all[5])).toBe("const t = 1");
});

test("cells are kept as a snippet of the workspace", async () => {
  const page = await open("keep");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("as a snippet");
  await page.keyboard.press("Enter");
  await page.getByLabel("Title, by which the menu finds it").fill("Kept and other");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.getByText("The snippet is kept in snippets/kept-and-other.html.").count())
    .toBe(1);
  expect(await readFile(join(app.folder, "snippets/kept-and-other.html"), "utf8")).toContain(
    "const other = kept",
  );
});
