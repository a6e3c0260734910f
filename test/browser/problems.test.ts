/** How an open notebook shows what is wrong in its cells. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, rewrite, sandbox, startApp } from "./app.ts";

const cells = [
  ['type="text/x-typescript" name="prices"', 'const prices = [1, 2];\nconst mean = prices.average("x")'],
  "const double = mean * 2",
  "double + 1",
  [kernelCell, "`${mean}`"],
  "const a = b + 1",
  "const b = a - 1",
  "a",
  "const total = 1",
  "1 +\n  totl",
  "function check(n: number) {\n  throw new RangeError(`${n} is too much`);\n}",
  "1;\ncheck(5)",
  'setTimeout(() => {\n  throw new Error("astray", {cause: new TypeError("why")});\n}); 1',
  "f(1,\n  2",
] as const;

let app: App;

beforeAll(async () => {
  app = await startApp({ "notebooks/problems.html": notebookFile("Problems", cells) });
});
afterAll(async () => {
  await app?.close();
});

async function open() {
  const page = await app.open("/notebook?path=notebooks/problems.html");
  const trust = page.getByRole("button", { name: "Trust and run" });
  await trust.or(cell(page, 1).locator(".failure")).first().waitFor();
  if (await trust.isVisible()) await trust.click();
  for (const id of [4, 11, 13]) await cell(page, id).locator(".failure").waitFor();
  return page;
}

test("a failed cell is told loudly with its place, its dependants quietly with a link to it", async () => {
  const page = await open();
  expect(await page.getByRole("alert").count()).toBe(6);
  const first = cell(page, 1);
  expect(await first.locator(".failure").textContent()).toContain("prices.average is not a function");
  await first.getByRole("button", { name: "line 2:21" }).click();
  await expect.poll(() => first.locator(".cm-lintRange-error").textContent()).toBe("average");
  expect(await first.locator(".failed-line").textContent()).toContain("const mean");
  for (const id of [2, 3, 4]) {
    const note = cell(page, id).getByRole("note");
    expect(await note.textContent()).toMatch(/^mean is not available, because prices failed: TypeError/);
    await note.getByRole("button", { name: "prices" }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest("section")?.dataset.cell))
      .toBe("1");
  }
  await page.close();
});

test("names of a cycle, of what was meant, and places in other cells are links", async () => {
  const page = await open();
  expect(await cell(page, 5).locator(".failure .link").allTextContents()).toEqual(["a", "b", "a"]);
  expect(await cell(page, 7).getByRole("note").textContent()).toContain("circular definition: a → b → a");
  await cell(page, 9).getByRole("button", { name: "total" }).click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("section")?.dataset.cell))
    .toBe("8");
  const thrown = await cell(page, 11).locator(".failure-links").textContent();
  expect(thrown).toBe("in check, cell 10 2:9called from line 2:1");
  const printed = cell(page, 12).locator(".console");
  await expect
    .poll(() => printed.textContent())
    .toContain("Uncaught Error: astray\n    at cell 12 2:9\ncaused by TypeError: why");
  await page.close();
});

test("the head counts the problems, lists them, and F8 goes round them", async () => {
  const page = await open();
  const button = page.getByRole("button", { name: "6 problems" });
  await button.click();
  await page.getByRole("menuitem", { name: /^Cell 9: totl is not defined/ }).click();
  const at = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>("section[data-cell]")?.dataset.cell);
  await expect.poll(at).toBe("9");
  await page.keyboard.press("F8");
  await expect.poll(at).toBe("11");
  await page.keyboard.press("F8");
  await expect.poll(at).toBe("13");
  await page.keyboard.press("F8");
  await expect.poll(at).toBe("1");
  await page.keyboard.press("Shift+F8");
  await expect.poll(at).toBe("13");
  await rewrite(page, 13, "f(1, 2)");
  await page.getByRole("button", { name: "6 problems" }).waitFor();
  await rewrite(page, 13, "3");
  await page.getByRole("button", { name: "5 problems" }).waitFor();
  await sandbox(page).locator("[data-cell='13'] .pc-number").filter({ hasText: /^3$/ }).waitFor();
  await page.close();
});
