import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, rewrite, sandbox, sqlCell, startApp } from "./app.ts";

const sales = ["day,shop,cups,price"];
for (let index = 0; index < 400; index++) {
  sales.push(
    `2024-01-${String((index % 28) + 1).padStart(2, "0")},${index % 2 ? "north" : "south"},${index % 7},${1.5 + (index % 3)}`,
  );
}

let app: App;

beforeAll(async () => {
  app = await startApp({
    "data/sales.csv": sales.join("\n"),
    "notebooks/chart.html": notebookFile("From slider to chart", [
      'const least = view(Inputs.range([0, 6], {step: 1, value: 2, label: "Least"}))',
      [
        sqlCell("rows"),
        "SELECT shop, sum(cups) AS cups FROM sales WHERE cups >= ${least} GROUP BY shop ORDER BY shop",
      ],
      'Plot.plot({marks: [Plot.barY(rows, {x: "shop", y: "cups"})]})',
      ['type="text/markdown"', "**${rows.length}** shops, ${rows[0].cups} cups"],
    ]),
    "notebooks/places.html": notebookFile("Two places", [
      "const a = 20",
      [kernelCell, "const b = a + process.version.length * 0 + 1"],
      "const c = b * 2",
      'document.createElement("p").textContent = "still here"',
      [kernelCell, "const keep = Math.random()"],
      "keep",
      "1 + 1",
      [kernelCell, "2 + 2"],
    ]),
    "notebooks/errors.html": notebookFile("Errors", [
      "const ok = 1;\nconst bad = ok.one.two",
      "bad + 1",
      [sqlCell("none"), "SELECT * FROM sale"],
      "const twice = 1",
      "const twice = 2",
      "const x = (",
    ]),
    "notebooks/edit.html": notebookFile("Edit me", ["const first = 1", "first + 1"]),
  });
});

afterAll(async () => {
  await app?.close();
});

async function openNotebook(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  const trust = page.getByRole("button", { name: "Trust and run" });
  await cell(page, 1).waitFor();
  if (await trust.isVisible()) await trust.click();
  return page;
}

function output(page: Page, id: number) {
  return sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);
}

test("a folder is added, crawled and becomes a table that says how it was read", async () => {
  const page = await app.open("/");
  await page.getByRole("button", { name: "Add data" }).first().click();
  await page.getByRole("dialog").getByRole("textbox").first().fill(join(app.folder, "data"));
  await page.keyboard.press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /crawl|add/i })
    .last()
    .click();
  await expect.poll(() => page.getByRole("dialog").textContent(), { timeout: 15_000 }).toMatch(/400/);
  await page.keyboard.press("Escape");
  await page
    .getByRole("link", { name: /main\.sales/ })
    .first()
    .click();
  await expect.poll(() => page.locator("body").textContent()).toMatch(/header/);
  await page.close();
});

/** Cups of the first shop, counted apart from the product. */
function shown(least: number): string {
  const north = sales
    .slice(1)
    .map((line) => line.split(","))
    .filter(([, shop, cups]) => shop === "north" && Number(cups) >= least);
  return `2 shops, ${north.reduce((sum, [, , cups]) => sum + Number(cups), 0)} cups\n`;
}

test("a slider drives a query, which drives a chart and text", async () => {
  const page = await openNotebook("chart");
  await output(page, 3).locator("svg rect, svg g[aria-label=bar] rect").first().waitFor();
  await expect.poll(() => output(page, 4).textContent()).toBe(shown(2));
  await output(page, 1).locator("input[type=range]").fill("6");
  await expect.poll(() => output(page, 4).textContent()).toBe(shown(6));
  await page.close();
});

test("values cross between browser and kernel both ways", async () => {
  const page = await openNotebook("places");
  await rewrite(page, 7, "c");
  await expect.poll(() => output(page, 7).textContent()).toBe("42");
  await rewrite(page, 1, "const a = 1");
  await expect.poll(() => output(page, 7).textContent()).toBe("4");
  await page.close();
});

test("an endless loop in the browser is stopped, and nothing else is lost", async () => {
  const page = await openNotebook("places");
  await expect.poll(() => output(page, 6).textContent(), { timeout: 10_000 }).toMatch(/^0\./);
  const kept = await output(page, 6).textContent();
  await rewrite(page, 7, "while (true) {}");
  const stop = cell(page, 7).getByRole("button", { name: /stop/i });
  await stop.waitFor({ timeout: 10_000 });
  await cell(page, 4).locator(".cm-content").click();
  await page.keyboard.press("End");
  await page.keyboard.insertText(" // typed meanwhile");
  await stop.click();
  await expect.poll(() => output(page, 6).textContent(), { timeout: 10_000 }).toBe(kept);
  expect(await cell(page, 4).locator(".cm-content").textContent()).toContain("typed meanwhile");
  await rewrite(page, 7, "'again'");
  await expect.poll(() => output(page, 7).textContent(), { timeout: 10_000 }).toContain("again");
  await page.close();
});

test("an endless loop in the kernel is stopped, and the other values are kept", async () => {
  const page = await openNotebook("places");
  await expect.poll(() => output(page, 6).textContent(), { timeout: 10_000 }).toMatch(/^0\./);
  const kept = await output(page, 6).textContent();
  await rewrite(page, 8, "await null; while (true) {}");
  const stop = cell(page, 8).getByRole("button", { name: /stop/i });
  await stop.waitFor({ timeout: 10_000 });
  await stop.click();
  await expect.poll(() => cell(page, 8).textContent(), { timeout: 10_000 }).toMatch(/was stopped/);
  await rewrite(page, 7, "keep");
  await expect.poll(() => output(page, 7).textContent()).toBe(kept);
  await rewrite(page, 8, "7 * 6");
  await expect.poll(() => output(page, 8).textContent()).toBe("42");
  await page.close();
});

test("errors stand under their cells with line, column and what to do", async () => {
  const page = await openNotebook("errors");
  const text = (id: number) => cell(page, id).textContent();
  await expect.poll(() => text(1)).toMatch(/2:20|line 2/);
  await expect.poll(() => text(2)).toMatch(/because cell 1 failed/);
  await expect
    .poll(() => text(3), { timeout: 10_000 })
    .toMatch(/table "sale" not found.*did you mean "sales"/);
  await expect.poll(() => text(4)).toMatch(/cell 4 and cell 5/i);
  await expect.poll(() => text(6)).toMatch(/1:\d+|line 1/);
  await page.close();
});

test("what is typed is in the file; two tabs agree", async () => {
  const page = await openNotebook("edit");
  const other = await app.open("/notebook?path=notebooks/edit.html");
  await rewrite(page, 1, "const first = 41");
  await expect.poll(() => output(page, 2).textContent()).toBe("42");
  await expect.poll(() => output(other, 2).textContent()).toBe("42");
  await expect.poll(() => cell(other, 1).textContent()).toContain("const first = 41");
  await expect
    .poll(() => readFile(join(app.folder, "notebooks/edit.html"), "utf8"))
    .toContain("const first = 41");
  await page.close();
  await other.close();
});
