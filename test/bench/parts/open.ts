import type { Browser, Page } from "playwright-core";
import { type App, cell } from "../../browser/app.ts";

/** Opens a notebook and lets it run. */
export async function openNotebook(app: App, path: string, browser: Browser = app.browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.goto(app.url);
  await page.goto(new URL(`/notebook?path=${path}`, app.url).href);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  return page;
}
