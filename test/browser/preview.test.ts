import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, sandbox, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const md = 'type="text/markdown"';
  app = await startApp({
    "notebooks/live.html": notebookFile("Live", [
      [`${md} output="note"`, "Cups: ${cups}, more: ${more}"],
      "const cups = 3; const more = 4;",
      "globalThis.runs = (globalThis.runs ?? 0) + 1; display(`${note.textContent} run ${globalThis.runs}`)",
      ['type="application/x-tex"', "x"],
    ]),
  });
});
afterAll(() => app.close());

const output = (page: Page, id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);

test("a note is drawn as it is typed, with the last values, and nothing runs until it is left", async () => {
  const page = await app.open("/notebook?path=notebooks/live.html");
  page.setDefaultTimeout(10_000);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  await expect.poll(() => output(page, 1).textContent()).toContain("Cups: 3, more: 4");
  await expect.poll(() => output(page, 3).textContent()).toContain("run 1");
  await page.getByRole("button", { name: "Edit cell 1" }).click();
  await cell(page, 1).locator(".cm-content:focus").waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("# Title\n\n${more} and **${cups}** and ${unknown + 1}");
  await expect.poll(() => output(page, 1).locator("h1").textContent()).toBe("Title");
  await expect.poll(() => output(page, 1).locator("strong").textContent()).toBe("3");
  await expect.poll(() => output(page, 1).locator(".pc-hole").textContent()).toBe("${unknown + 1}");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("\n\n${unfinished");
  await expect.poll(() => output(page, 1).locator("h1").textContent()).toBe("Title");
  expect(await output(page, 3).textContent()).toContain("run 1");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("Now ${cups}");
  await expect.poll(() => output(page, 1).textContent()).toContain("Now 3");
  expect(await output(page, 3).textContent()).toContain("run 1");
  await page.keyboard.press("Shift+Enter");
  await expect.poll(() => output(page, 3).textContent()).toMatch(/Now 3\s+run [23]/);
  await expect.poll(() => output(page, 1).locator(".pc-markdown").count()).toBe(1);
});

test("a formula is drawn as it is typed; while it is not finished, what was drawn stays", async () => {
  const page = await app.open("/notebook?path=notebooks/live.html");
  page.setDefaultTimeout(10_000);
  await cell(page, 4).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("^2 + y");
  await expect.poll(() => output(page, 4).locator(".katex").textContent()).toMatch(/x.*y/);
});
