import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, startApp } from "./app.ts";

let app: App;

beforeAll(async () => {
  const md = 'type="text/markdown"';
  const text = notebookFile("Parts", [
    [md, "# First"],
    "const a = 1",
    ['type="text/x-typescript" name="load"', "const b = 2"],
    [md, "# Second"],
    "const findable = 3",
  ]);
  const many = notebookFile("Many", [
    ...Array.from({ length: 40 }, (_, index) => [md, `## Part ${index}\n\n${"text ".repeat(90)}`] as const),
  ]);
  app = await startApp({
    ...Object.fromEntries(
      ["drag", "escape", "touch", "fold", "names"].map((name) => [`notebooks/${name}.html`, text]),
    ),
    "notebooks/many.html": many,
  });
});
afterAll(() => app.close());

async function open(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 1).waitFor();
  page.setDefaultTimeout(10_000);
  const trust = page.getByRole("button", { name: "Trust and run" });
  // Notebooks of the same text are trusted together.
  if (await trust.isVisible()) await trust.click();
  return page;
}

const order = (page: Page) =>
  page
    .locator("section[data-cell]")
    .evaluateAll((all) => all.map((each) => Number((each as HTMLElement).dataset.cell)));

async function middle(page: Page, id: number): Promise<{ x: number; y: number }> {
  const box = await cell(page, id).boundingBox();
  return { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
}

/** Presses on a cell's handle and moves on to another cell's lower half. */
async function dragTo(page: Page, from: number, to: number): Promise<void> {
  await cell(page, from)
    .getByRole("button", { name: `Move cell ${from}` })
    .hover();
  await page.mouse.down();
  const { x, y } = await middle(page, to);
  await page.mouse.move(x, y - 40, { steps: 4 });
  await page.mouse.move(x, y + 6, { steps: 4 });
}

test("a cell is dragged by its handle to where the line is, and several that are selected go together", async () => {
  const page = await open("drag");
  await cell(page, 5).locator(".cm-content").waitFor();
  await dragTo(page, 2, 5);
  expect(await page.locator(".drop-line").count()).toBe(1);
  expect(await cell(page, 2).getAttribute("data-dragged")).not.toBeNull();
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([1, 3, 4, 5, 2]);
  expect(await page.locator(".drop-line").count()).toBe(0);
  await cell(page, 5).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+ArrowDown");
  await dragTo(page, 2, 1);
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([1, 5, 2, 3, 4]);
  await expect
    .poll(() => readFile(join(app.folder, "notebooks/drag.html"), "utf8"))
    .toMatch(/findable[\s\S]*const a = 1[\s\S]*const b = 2/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => order(page)).toEqual([1, 3, 4, 5, 2]);
});

test("Escape leaves all as it was, and so does a press that does not move", async () => {
  const page = await open("escape");
  await cell(page, 5).locator(".cm-content").waitFor();
  await dragTo(page, 2, 5);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await page.locator(".drop-line").count()).toBe(0);
  expect(await order(page)).toEqual([1, 2, 3, 4, 5]);
  await cell(page, 3).getByRole("button", { name: "Move cell 3" }).focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => order(page)).toEqual([1, 3, 2, 4, 5]);
});

test("a finger drags a cell too", async () => {
  const page = await open("touch");
  await cell(page, 5).locator(".cm-content").waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const handle = await cell(page, 2).getByRole("button", { name: "Move cell 2" }).boundingBox();
  const { x, y } = await middle(page, 5);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", point?: { x: number; y: number }) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: point ? [point] : [] });
  await touch("touchStart", { x: (handle?.x ?? 0) + 8, y: (handle?.y ?? 0) + 8 });
  await touch("touchMove", { x, y: y - 20 });
  await touch("touchMove", { x, y: y + 8 });
  await expect.poll(() => page.locator(".drop-line").count()).toBe(1);
  await touch("touchEnd");
  await expect.poll(() => order(page)).toEqual([1, 3, 4, 5, 2]);
});

test("a folded section hides its cells; links, arrows and the browser's own search get on with that", async () => {
  const page = await open("fold");
  await cell(page, 5).locator(".cm-content").waitFor();
  await page.getByRole("button", { name: "Fold the section of cell 4" }).click();
  await expect.poll(() => cell(page, 5).isVisible()).toBe(false);
  await expect.poll(() => page.getByText("1 cell is folded away").count()).toBe(1);
  await page.reload();
  await cell(page, 3).locator(".cm-content").waitFor();
  await expect.poll(() => cell(page, 5).isVisible()).toBe(false);
  expect(
    await page
      .locator('section[data-cell="5"]')
      .evaluate((each) => each.closest("[hidden]")?.getAttribute("hidden")),
  ).toBe("until-found");
  expect(await page.evaluate(() => document.body.textContent?.includes("const findable = 3"))).toBe(true);
  await dragTo(page, 4, 1);
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual([1, 4, 5, 2, 3]);
  // Those that no heading parts from it have come into the section.
  await page.getByText("3 cells are folded away").click();
  await expect.poll(() => cell(page, 5).isVisible()).toBe(true);
});

test("a cell is named once in its notebook, and the outline leads to names and headings", async () => {
  const page = await open("names");
  await cell(page, 2).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("name the cell");
  await page.keyboard.press("Enter");
  const field = page.getByLabel("Shown in the outline, in links and in messages; empty for none");
  await field.fill("load");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByText('Cell 3 has the name "load".').count()).toBe(1);
  await page.getByRole("button", { name: "Menu of cell 2" }).click();
  await page.getByRole("menuitem", { name: "Name of the cell…" }).click();
  await field.fill("begin");
  await page.keyboard.press("Enter");
  await expect.poll(() => cell(page, 2).locator(".cell-name").textContent()).toBe("begin");
  await expect
    .poll(() => readFile(join(app.folder, "notebooks/names.html"), "utf8"))
    .toContain('name="begin"');
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  const lines = page.getByRole("navigation", { name: "Outline" }).getByRole("button");
  await expect.poll(() => lines.allTextContents()).toEqual(["First", "begin", "load", "Second"]);
  await lines.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("section")?.getAttribute("data-cell")))
    .toBe("3");
});

test("the outline marks what is read as one scrolls", async () => {
  const page = await open("many");
  await expect
    .poll(() =>
      cell(page, 40)
        .locator(".slot")
        .evaluate((slot) => slot.clientHeight),
    )
    .toBeGreaterThan(40);
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  const current = page.locator('.outline [aria-current="true"]');
  await expect.poll(() => current.textContent()).toBe("Part 0");
  await page.evaluate(() => {
    const section = document.querySelector('section[data-cell="21"]');
    window.scrollBy(0, (section?.getBoundingClientRect().top ?? 0) - 100);
  });
  await expect.poll(() => current.textContent()).toBe("Part 20");
});
