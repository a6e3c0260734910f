import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, startApp } from "./app.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let app: App;

beforeAll(async () => {
  app = await startApp({
    "notebooks/access.html": notebookFile("Access", [
      "const size = view(Inputs.range([0, 10], {label: 'Size', value: 3}))",
      "size * 2",
      "missing + 1",
    ]),
  });
});
afterAll(() => app?.close());

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

interface Axe {
  run(): Promise<{ readonly violations: readonly Finding[] }>;
}

/**
 * Rules that misread a list of commands: a command's keys are its description, not its name, and the list is walked
 * through by arrows while the focus stays in the search box.
 */
const misread = ["label-content-name-mismatch", "scrollable-region-focusable"];

/** What axe finds serious or worse in the page as it stands. */
async function findings(page: Page, except: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run());
  return violations
    .filter(({ id, impact }) => ["serious", "critical"].includes(impact) && !except.includes(id))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

test.each(["light", "dark"] as const)("no page has a serious fault of access, %s", async (colorScheme) => {
  const page = await app.open("/");
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.getByText("Access").first().waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByText("Access").first().click();
  await cell(page, 3).getByText("missing").first().waitFor();
  await page.getByRole("img", { name: /^\d+ errors?$/ }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Done" }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  expect(await findings(page, misread)).toEqual([]);
  await page.goto(new URL("/files", app.url).href);
  await page.getByRole("button", { name: "Upload" }).waitFor();
  expect(await findings(page)).toEqual([]);
});
