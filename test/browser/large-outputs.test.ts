import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, sandbox, startApp } from "./app.ts";

const values = [
  "display(Array.from({length: 1_000_000}, (_, i) => ({i, list: [i, i + 1]})))",
  'display({text: "0123456789".repeat(1_000_000)})',
  "let deep = 'bottom'; for (let i = 0; i < 10_000; i++) deep = {deep}; display(deep)",
];

let app: App;

beforeAll(async () => {
  app = await startApp({
    "notebooks/kernel.html": notebookFile(
      "Kernel",
      values.map((source) => [kernelCell, source] as const),
    ),
    "notebooks/browser.html": notebookFile("Browser", [
      "display(Object.assign([0].concat(Array.from({length: 999_999}, (_, i) => ({i: i + 1, list: [i + 1, i + 2]}))), {}))",
      ...values.slice(1),
    ]),
  });
});

afterAll(async () => {
  await app?.close();
});

test.each(["kernel", "browser"])("what a %s cell shows is opened as far as one likes", async (place) => {
  const page = await app.open(`/notebook?path=notebooks/${place}.html`);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  const output = (id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);

  const list = output(1);
  await list.getByText("Array(1,000,000)").click();
  await list.getByRole("button", { name: "999,950 more" }).click();
  await list.getByRole("button", { name: "999,900 more" }).waitFor();
  await list.locator(".pc-entry").nth(70).locator("summary").first().click();
  await list.locator(".pc-entry .pc-entry").filter({ hasText: "list" }).locator("summary").first().click();
  await list.locator(".pc-entry .pc-entry .pc-entry").filter({ hasText: "71" }).waitFor();

  await output(2).locator("summary").first().click();
  const string = output(2).locator(".pc-entry .pc-string");
  await string.waitFor();
  const before = (await string.textContent())?.length ?? 0;
  await output(2).getByRole("button", { name: "Show more" }).click();
  await expect.poll(async () => (await string.textContent())?.length).toBe(before + 20_000);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await output(2).getByRole("button", { name: "Copy all" }).click();
  await output(2).getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate(async () => (await navigator.clipboard.readText()).length)).toBe(10_000_000);

  for (let level = 0; level < 12; level++) await output(3).locator("summary").nth(level).click();
  await output(3).locator("summary").nth(12).waitFor();
  await page.close();
});
