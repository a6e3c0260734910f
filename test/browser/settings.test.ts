import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, sandbox, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  app = await startApp({
    "notebooks/looks.html": notebookFile("Looks", [
      'display(document.createTextNode(dark ? "dark charts" : "light charts"))',
    ]),
  });
});
afterAll(() => app?.close());

async function openNotebook(): Promise<Page> {
  const page = await app.open("/notebook?path=notebooks/looks.html");
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  return page;
}

async function choose(page: Page, setting: string, option: string): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("group", { name: setting }).getByRole("radio", { name: option, exact: true }).check();
  await page.getByRole("button", { name: "Done" }).click();
}

const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test("the theme follows the system until one is chosen; outputs follow the page", async () => {
  const page = await openNotebook();
  await sandbox(page).getByText("light charts").waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await sandbox(page).getByText("dark charts").waitFor();
  await expect.poll(() => background(page)).toBe("rgb(23, 20, 17)");
  await choose(page, "Theme", "Light");
  await sandbox(page).getByText("light charts").waitFor();
  await expect.poll(() => background(page)).toBe("rgb(251, 250, 247)");
});

test("a chosen theme is in the page as it comes from the server, in other tabs too, and can be given up", async () => {
  const page = await openNotebook();
  const other = await page.context().newPage();
  await other.goto(new URL("/", app.url).href);
  await choose(page, "Theme", "Dark");
  await expect.poll(() => background(other)).toBe("rgb(23, 20, 17)");
  const answer = await other.reload();
  expect(await answer?.text()).toContain('<html data-theme="dark"');
  await choose(other, "Theme", "As the system");
  await expect.poll(() => background(page)).toBe("rgb(251, 250, 247)");
  expect(await (await other.reload())?.text()).not.toContain("data-theme");
});

test("width and size of code are kept by the browser", async () => {
  const page = await openNotebook();
  const width = () => page.locator(".notebook").evaluate((element) => element.getBoundingClientRect().width);
  await page.setViewportSize({ width: 1800, height: 900 });
  const reading = await width();
  await choose(page, "Width of notebooks", "Full");
  expect(await width()).toBeGreaterThan(reading + 500);
  await choose(page, "Size of code", "Huge");
  await page.reload();
  await cell(page, 1).locator(".cm-content").waitFor();
  expect(await width()).toBeGreaterThan(reading + 500);
  const size = await cell(page, 1)
    .locator(".cm-line")
    .first()
    .evaluate((line) => getComputedStyle(line).fontSize);
  expect(size).toBe("19px");
});

test("the settings are reached, changed and left by keys", async () => {
  const page = await openNotebook();
  const button = page.getByRole("button", { name: "Settings" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "As the system" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => background(page)).toBe("rgb(23, 20, 17)");
  await page.keyboard.press("Escape");
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
});
