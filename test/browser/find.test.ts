import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const long = Array.from(
    { length: 120 },
    (_, index) => `const row${index} = ${index}; // needle ${index % 40 === 0 ? "gold" : ""}`,
  );
  app = await startApp({
    "notebooks/find.html": notebookFile("Find", [
      "const row = 1",
      ['type="text/markdown"', "The row and the Rows."],
      "row + 1 // row",
      "'nothing'",
    ]),
    "notebooks/long.html": notebookFile("Long", long),
  });
});
afterAll(() => app.close());

async function open(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  page.setDefaultTimeout(10_000);
  await cell(page, 1).locator(".cm-content").waitFor();
  return page;
}

const bar = (page: Page) => page.getByRole("search", { name: "Find and replace" });
const count = (page: Page) => bar(page).getByRole("status").textContent();
const texts = (page: Page) =>
  page
    .locator("section[data-cell]")
    .evaluateAll((all) => all.map((each) => each.querySelector(".cm-content, .source")?.textContent ?? ""));

test("text is found in all cells, by case, word and expression; Enter goes from one to the next", async () => {
  const page = await open("find");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+Alt+f");
  await bar(page).waitFor();
  await page.keyboard.type("row");
  await expect.poll(() => count(page)).toBe("5 matches");
  await bar(page).getByRole("button", { name: "Whole words" }).click();
  await expect.poll(() => count(page)).toBe("4 matches");
  await bar(page).getByRole("button", { name: "Whole words" }).click();
  await bar(page).getByRole("button", { name: "Match case" }).click();
  await expect.poll(() => count(page)).toBe("4 matches");
  await bar(page).getByLabel("Find", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => count(page)).toBe("1 of 4");
  await expect.poll(() => cell(page, 1).locator(".found-match.present").textContent()).toBe("row");
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => count(page)).toBe("4 of 4");
  await expect.poll(() => cell(page, 3).locator(".found-match").count()).toBe(2);
  await page.keyboard.press("Escape");
  await expect.poll(() => bar(page).count()).toBe(0);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toBe("Code of cell 3");
  expect(await page.locator(".found-match").count()).toBe(0);
  await page.keyboard.press("ControlOrMeta+Alt+f");
  await bar(page).getByRole("button", { name: "Regular expression" }).click();
  await bar(page).getByLabel("Find", { exact: true }).fill("(");
  await expect.poll(() => count(page)).toContain("This is no regular expression");
});

test("all is replaced as one step, one is replaced and the next one shown", async () => {
  const page = await open("find");
  await page.keyboard.press("ControlOrMeta+Alt+f");
  await page.keyboard.type("row");
  await bar(page).getByRole("button", { name: "Match case" }).click();
  await bar(page).getByLabel("Replace with").fill("line");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(page).then((all) => all[0])).toBe("const line = 1");
  await expect.poll(() => count(page)).toBe("1 of 3");
  await bar(page).getByRole("button", { name: "All", exact: true }).click();
  await expect.poll(() => texts(page).then((all) => all[2])).toBe("line + 1 // line");
  await expect.poll(() => count(page)).toBe("Nothing found");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => texts(page).then((all) => all[2])).toBe("row + 1 // row");
  expect((await texts(page))[0]).toBe("const line = 1");
});

test("cells far away are marked and shown, and the browser's own search finds their text", async () => {
  const page = await open("long");
  await page.keyboard.press("ControlOrMeta+Alt+f");
  await page.keyboard.type("gold");
  await expect.poll(() => count(page)).toBe("3 matches");
  await expect.poll(() => cell(page, 81).locator(".found-match").count()).toBe(1);
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => cell(page, 81).locator(".found-match.present").isVisible()).toBe(true);
  await expect
    .poll(() =>
      cell(page, 81).evaluate(
        (each) => Math.abs(each.getBoundingClientRect().top - innerHeight / 2) < innerHeight / 2,
      ),
    )
    .toBe(true);
  await page.keyboard.press("Escape");
  await page.evaluate(() => getSelection()?.removeAllRanges());
  const finds = (text: string) =>
    page.evaluate((sought) => (window as unknown as { find(text: string): boolean }).find(sought), text);
  expect(await finds("row117 = 117")).toBe(true);
});
