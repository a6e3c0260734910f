import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, rewrite, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const lines =
    'for (let i = 0; i < 3; i++) console.log("again");\nconsole.warn("careful", {a: [1, 2]});\nconsole.error("bad");';
  const wait = "await new Promise((resolve) => setTimeout(resolve, 5500));";
  app = await startApp({
    "notebooks/console.html": notebookFile("Console", [lines, [kernelCell, lines]]),
    "notebooks/long.html": notebookFile("Long", [
      [`${kernelCell} run="manual"`, `${wait}\n1`],
      ...Array.from({ length: 30 }, () => "1"),
      ['type="text/x-typescript" run="manual"', `${wait}\nthrow new Error("no")`],
    ]),
  });
});
afterAll(() => app?.close());

async function openNotebook(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  return page;
}

test("a cell's console counts what repeats, tells levels apart, filters and clears, in both places", async () => {
  const page = await openNotebook("console");
  for (const id of [1, 2]) {
    const log = cell(page, id).getByRole("log");
    await log.getByText("bad").waitFor();
    const careful = expect.stringMatching(/^careful \{\s?a: \[\s?1, 2\s?\]\s?\}$/);
    expect(await log.locator("pre").allTextContents()).toEqual(["again", careful, "bad"]);
    await log.getByRole("img", { name: "3 times" }).waitFor();
    await log.getByRole("img", { name: "Warning" }).waitFor();
    await cell(page, id).getByLabel("Lines that are shown").selectOption("error");
    expect(await log.locator("pre").allTextContents()).toEqual(["bad"]);
    await cell(page, id).getByRole("button", { name: "Clear" }).click();
    await log.waitFor({ state: "detached" });
  }
  await rewrite(page, 1, 'console.log("new")');
  await cell(page, 1).getByRole("log").getByText("new").waitFor();
});

test("the end of a long run that nobody looks at is told, and shown when asked for", async () => {
  const page = await openNotebook("long");
  await page.getByRole("button", { name: "Run cell 1", exact: true }).click();
  await cell(page, 32).scrollIntoViewIfNeeded();
  const toast = page.getByRole("status").getByText(/Cell 1 finished in [56]\.\d s/);
  await toast.waitFor({ timeout: 20_000 });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect
    .poll(() => cell(page, 1).evaluate((section) => section.getBoundingClientRect().top > 0))
    .toBe(true);
});

test("the title of a hidden tab says that a long run failed, until it is seen", async () => {
  const page = await openNotebook("long");
  await cell(page, 32).getByRole("button", { name: "Run cell 32", exact: true }).click();
  await setHidden(page, true);
  await page.getByText(/Cell 32 failed after/).waitFor({ timeout: 20_000 });
  expect(await page.title()).toBe("✗ Long · Percolate");
  await setHidden(page, false);
  await expect.poll(() => page.title()).toBe("Long · Percolate");
});

test("who does not want to be told is not", async () => {
  const page = await openNotebook("long");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Not at all" }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Run cell 1", exact: true }).click();
  await cell(page, 32).scrollIntoViewIfNeeded();
  await page
    .locator('section[data-cell="1"][data-status="done"]')
    .waitFor({ state: "attached", timeout: 20_000 });
  expect(await page.getByText(/Cell 1 finished/).count()).toBe(0);
});

/** Headless tabs are never hidden by themselves. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}
