import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, rewrite, sandbox, startApp } from "./app.ts";

let app: App;
beforeAll(async () => {
  const cells = [
    "const whole = 1;",
    "const broken = whole.what.ever;",
    "broken",
    "const wide: number = whole;",
  ];
  app = await startApp({
    "notebooks/wrong.html": notebookFile("Wrong", cells),
    "notebooks/mended.html": notebookFile("Mended", cells),
  });
});
afterAll(() => app.close());

const rail = (page: Page) => page.getByRole("toolbar", { name: "Panels" });
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const tab = (page: Page, name: string) => rail(page).getByRole("button", { name, exact: true });

async function open(title = "Wrong", width = 1200): Promise<Page> {
  const page = await app.open("/");
  await page.setViewportSize({ width, height: 900 });
  await page.getByRole("link", { name: title }).click();
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  await page.getByText("Saved").waitFor();
  if (await trust.isVisible()) await trust.click();
  await expect.poll(() => cell(page, 2).getAttribute("data-status")).toBe("failed");
  return page;
}

test("a panel stands beside the cells, is as wide as it was dragged, and is there again after a reload", async () => {
  const page = await open();
  const column = page.getByRole("main", { name: "Cells" });
  const before = (await column.boundingBox())?.width ?? 0;
  await tab(page, "Problems").click();
  await panel(page, "Problems").waitFor();
  await expect.poll(async () => (await column.boundingBox())?.width ?? 0).toBeLessThan(before);
  const edge = page.getByRole("separator", { name: "Width of the panel" });
  const box = await edge.boundingBox();
  if (!box) throw new Error("no edge");
  await page.mouse.move(box.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(box.x - 96, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => edge.getAttribute("aria-valuenow")).toBe("440");
  const ends = async () => {
    const [cells, side] = [await column.boundingBox(), await panel(page, "Problems").boundingBox()];
    return (side?.x ?? 0) - ((cells?.x ?? 0) + (cells?.width ?? 0));
  };
  expect(await ends()).toBeGreaterThanOrEqual(0);
  const slot = async () => (await cell(page, 2).locator(".slot").boundingBox())?.width;
  const output = async () => (await sandbox(page).locator('.pc-cell[data-cell="2"]').boundingBox())?.width;
  await expect.poll(async () => Math.abs(((await slot()) ?? 0) - ((await output()) ?? -9))).toBeLessThan(2);
  await page.reload();
  await panel(page, "Problems").waitFor();
  expect(await edge.getAttribute("aria-valuenow")).toBe("440");
  await page.getByRole("button", { name: "Close problems" }).click();
  await expect.poll(() => panel(page, "Problems").count()).toBe(0);
  await expect.poll(async () => (await column.boundingBox())?.width ?? 0).toBe(before);
  await page.context().close();
});

test("panels are shown and left by keys alone", async () => {
  const page = await open();
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("panel: prob");
  await page.keyboard.press("Enter");
  await panel(page, "Problems").waitFor();
  const inPanel = () => page.evaluate(() => document.activeElement?.closest(".dock-panel") !== null);
  await expect.poll(inPanel).toBe(true);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-cell"))).toBe("1");
  expect(await panel(page, "Problems").count()).toBe(1);
  await page.keyboard.press("Control+\\");
  await expect.poll(() => panel(page, "Problems").count()).toBe(0);
  await page.context().close();
});

test("the problems panel lists failures and mistakes by cell, counts them, and leads to each", async () => {
  const page = await open("Mended");
  await tab(page, "Problems").click();
  const list = panel(page, "Problems");
  await list.getByRole("button", { name: /Cannot read properties of undefined/ }).waitFor();
  await expect.poll(() => list.textContent()).toContain("1 more cell could not run because of this");
  await rewrite(page, 4, 'const wide: number = "text";');
  const mistake = list.getByRole("button", { name: /not assignable to type 'number'/ });
  await mistake.waitFor();
  const badge = tab(page, "Problems").getByRole("img", { name: "2 errors" });
  await badge.waitFor();
  await mistake.click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toBe("Code of cell 4");
  await rewrite(page, 2, "const broken = 2;");
  await rewrite(page, 4, "const wide: number = 3;");
  await list.getByText("Nothing is wrong in this notebook.").waitFor();
  await badge.waitFor({ state: "detached" });
  await page.context().close();
});

test("on a narrow window a panel lies over the cells, and makes way for what it leads to", async () => {
  const page = await open("Wrong", 400);
  await page.getByRole("button", { name: "Open the panels" }).click();
  const shown = await tab(page, "Problems").getAttribute("aria-expanded");
  if (shown !== "true") await tab(page, "Problems").click();
  const list = panel(page, "Problems");
  await list.waitFor();
  const [box, all] = [await list.boundingBox(), await page.locator(".desk").boundingBox()];
  expect([box?.x, box?.width]).toEqual([0, all?.width]);
  await list.getByRole("button", { name: /Cannot read properties/ }).click();
  await expect.poll(() => list.count()).toBe(0);
  await expect
    .poll(() => cell(page, 2).evaluate((section) => section.contains(document.activeElement)))
    .toBe(true);
  await page.context().close();
});
