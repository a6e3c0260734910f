import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, sqlCell, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const cells = [
    "const cups = Promise.resolve([{ sugar: 2, day: 'mon' }]);",
    "function sweet(rows: {sugar: number}[], least = 1) { return rows.filter((row) => row.sugar > least); }",
    "sweet(cups)",
    [sqlCell("rows"), "SELECT i AS number, 'a' AS letter FROM range(3) t(i)"],
    "rows.map((row) => row.number)",
    ['type="text/markdown"', "There are ${rows.length} rows."],
  ] as const;
  const text = notebookFile("Names", cells);
  app = await startApp({ "notebooks/1.html": text, "notebooks/2.html": text, "notebooks/3.html": text });
});
afterAll(() => app.close());

async function open(notebook: number) {
  const page = await app.open(`/notebook?path=notebooks/${notebook}.html`);
  const trust = page.getByRole("button", { name: "Trust and run" });
  await cell(page, 1).waitFor();
  if (await trust.isVisible()) await trust.click();
  const code = (id: number) => cell(page, id).locator(".cm-content");
  const write = async (id: number, text: string) => {
    await code(id).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
  };
  return { page, code, write };
}

test("what is typed is completed with the columns of a query and the names of other cells", async () => {
  const { page, write } = await open(1);
  const list = page.locator(".cm-tooltip-autocomplete");
  const labels = () => list.locator("li").allInnerTexts();
  // What the query gives is asked of the engine once, after the notebook was opened.
  const offered = async () => {
    await write(5, "rows[0].");
    await list.waitFor({ timeout: 5000 }).catch(() => {});
    return labels();
  };
  await expect.poll(offered, { timeout: 50_000 }).toEqual(["letter", "number"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await write(5, "swe");
  await expect.poll(async () => (await labels())[0]).toBe("sweetcell 2");
  await list.locator("li").first().click();
  await page.keyboard.type("(");
  await expect
    .poll(() => page.locator(".signature b").allInnerTexts())
    .toEqual([expect.stringContaining("rows")]);
  await page.keyboard.press("Escape");
  await page.context().close();
});

test("a mistake across cells is underlined without running anything", async () => {
  const { page, code, write } = await open(2);
  await write(3, "sweet(cups, 'x')");
  await expect.poll(() => code(3).locator(".cm-lintRange-error").allInnerTexts()).toEqual(["'x'"]);
  await write(3, "sweet(cups, 2)");
  await expect.poll(() => code(3).locator(".cm-lintRange-error").count()).toBe(0);
  await page.context().close();
});

test("a name is renamed in all cells as one step, and found from its uses", async () => {
  const { page, code } = await open(3);
  await code(5).click();
  await page.keyboard.press("Home");
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name, in all cells" }).fill("numbers");
  await page.keyboard.press("Enter");
  await expect.poll(() => code(5).textContent()).toBe("numbers.map((row) => row.number)");
  await expect.poll(() => cell(page, 4).getByText("SQL → numbers").count()).toBe(1);
  await page.keyboard.press("Shift+F12");
  const uses = page.getByRole("dialog").getByRole("button", { name: /^cell/ });
  await expect.poll(() => uses.count()).toBe(3);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await code(5).click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => code(5).textContent()).toBe("rows.map((row) => row.number)");
  await page.context().close();
});
