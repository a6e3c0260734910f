// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, sandbox, startApp } from "./app.ts";

let app: App;

const ojs = 'type="application/vnd.observable.javascript"';
const python = (rest: string) => `type="text/x-python" ${rest}`;

beforeAll(async () => {
  app = await startApp({
    ".percolate/connections.json": '{"shop": {"type": "sqlite", "path": "shop.db"}}',
    "shop.db": await shop(),
    "notebooks/observable.html": notebookFile("Observable's own", [
      [ojs, 'viewof size = Inputs.range([0, 10], {step: 1, value: 3, label: "Size"})'],
      [ojs, "doubled = size * 2"],
      [ojs, "mutable presses = 0"],
      [ojs, "html`<button onclick=${() => { mutable presses++; }}>Press</button>`"],
      [ojs, "md`Pressed **${presses}** times`"],
      [ojs, "ticks = { for (let i = 1; i <= 3; i++) yield i }"],
      "ticks + doubled + viewof$size.value",
      [ojs, "x = {\n  return no.such;\n}"],
    ]),
    "notebooks/loaders.html": notebookFile("Loaders", [
      [python('format="csv" output="rows"'), "print('name,cups')\nprint('Ann,3')\nprint('Bob,4')"],
      "d3.sum(rows, (row) => row.cups) + ' cups'",
      [python('format="html"'), "print('<h2 class=big>From Python</h2>')"],
      [
        python('format="text"'),
        "import sys\nprint('careful', file=sys.stderr)\n\nraise ValueError('not so')",
      ],
      [
        'type="application/vnd.node.javascript" format="json"',
        "console.log(JSON.stringify({node: 'yes' as string}))",
      ],
      [
        python('format="svg" output="picture"'),
        'print(\'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="teal"/></svg>\')',
      ],
      [python('format="text"'), "import time\ntime.sleep(1000)"],
      "html`<figure>${picture}</figure>`",
    ]),
    "notebooks/databases.html": notebookFile("Databases", [
      ['type="application/sql" database="shop" output="rows"', "SELECT item, price FROM sale ORDER BY price"],
      "rows.map((row) => row.item).join(', ')",
      "(await DatabaseClient('shop').sql`SELECT count(*) AS n FROM sale WHERE price > ${2}`)[0].n",
      [ojs, 'db = DatabaseClient("shop")'],
      ['type="application/sql" database="var:db" output="most"', "SELECT max(price) AS price FROM sale"],
      "most[0].price",
    ]),
  });
});

afterAll(async () => {
  await app?.close();
});

async function shop(): Promise<Uint8Array> {
  const file = join(tmpdir(), `percolate-shop-${process.pid}.db`);
  const database = new Database(file);
  database.exec(
    "CREATE TABLE sale AS SELECT 'cup' AS item, 2.5 AS price UNION SELECT 'pot', 7 UNION SELECT 'lid', 1",
  );
  database.close();
  const bytes = await readFile(file);
  await rm(file);
  return bytes;
}

async function openNotebook(name: string): Promise<Page> {
  const page = await app.open(`/notebook?path=notebooks/${name}.html`);
  await cell(page, 1).waitFor();
  const button = page.getByRole("button", { name: "Trust and run" });
  if (await button.isVisible()) await button.click();
  return page;
}

const output = (page: Page, id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);
const shown = (page: Page, id: number) =>
  expect.poll(() => output(page, id).textContent(), { timeout: 20_000 });
const status = (page: Page, id: number) =>
  expect.poll(() => cell(page, id).getAttribute("data-status"), { timeout: 20_000 });

async function choose(page: Page, id: number, item: string): Promise<void> {
  const choice = page.getByRole("menuitem", { name: item, exact: true });
  await cell(page, id)
    .getByRole("button", { name: `Menu of cell ${id}` })
    .click();
  await choice.click();
}

test("Observable's own cells run: views, mutables, blocks that yield, and with TypeScript cells", async () => {
  const page = await openNotebook("observable");
  await shown(page, 2).toBe("6");
  await shown(page, 6).toBe("3");
  await shown(page, 7).toBe("12");
  await output(page, 1).locator("input[type=number]").fill("5");
  await shown(page, 2).toBe("10");
  await shown(page, 7).toBe("18");
  await output(page, 4).getByRole("button", { name: "Press" }).click();
  await output(page, 4).getByRole("button", { name: "Press" }).click();
  await shown(page, 5).toContain("Pressed 2 times");
  await shown(page, 3).toBe("2");
  await status(page, 8).toBe("failed");
  await expect.poll(() => cell(page, 8).textContent()).toContain("no is not defined");
  await screenshot(page, "observable");
});

test("a cell of Observable's JavaScript becomes TypeScript, and a block of it too", async () => {
  const page = await openNotebook("observable");
  await shown(page, 2).toBe("6");
  await choose(page, 2, "Convert to TypeScript");
  await expect
    .poll(() => cell(page, 2).locator(".cm-content, pre").first().textContent())
    .toBe("const doubled = display(size * 2);");
  await cell(page, 2).getByRole("button", { name: "Run cell 2" }).click();
  await shown(page, 2).toBe("6");
  await cell(page, 1).getByRole("button", { name: "Menu of cell 1" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).waitFor();
  expect(await page.getByRole("menuitem", { name: "Convert to TypeScript" }).isVisible()).toBe(false);
});

test("data loaders run beside the kernel; what they print is a value, a failure has its line", async () => {
  const page = await openNotebook("loaders");
  await shown(page, 2).toBe('"7 cups"');
  await shown(page, 5).toContain("yes");
  await expect.poll(() => output(page, 3).locator("h2").textContent()).toBe("From Python");
  await expect
    .poll(() =>
      output(page, 6)
        .locator("img")
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBe(80);
  await expect.poll(() => output(page, 8).locator("figure img").count()).toBe(1);
  await status(page, 4).toBe("failed");
  const failed = cell(page, 4);
  await expect.poll(() => failed.textContent()).toContain("ValueError: not so");
  await expect.poll(() => failed.textContent()).toContain("careful");
  await screenshot(page, "loaders");
  await status(page, 7).toBe("running");
  await cell(page, 7).getByRole("button", { name: "Stop cell 7" }).click();
  await status(page, 7).toBe("stopped");
  await status(page, 1).toBe("done");
});

test("a loader is added from the menu, and its format chosen", async () => {
  const page = await openNotebook("loaders");
  await shown(page, 2).toBe('"7 cups"');
  await page.getByRole("button", { name: "Add cell" }).click();
  await page.getByRole("menuitem", { name: "Data loader (Python)" }).click();
  await cell(page, 9).locator(".cm-content").waitFor();
  await page.keyboard.insertText("print('[1, 2, 3]')");
  await page.keyboard.press("ControlOrMeta+Enter");
  await shown(page, 9).toContain("[1, 2, 3]");
  await choose(page, 9, "Output format…");
  await page.getByLabel("What the program prints is").selectOption("json");
  await screenshot(page, "format");
  await page.getByRole("button", { name: "Set format" }).click();
  await shown(page, 9).toContain("(3)");
  const file = () => readFile(join(app.folder, "notebooks/loaders.html"), "utf8");
  await expect.poll(file).toContain('<script id="9" type="text/x-python" format="json">');
});

test("SQL runs on a database by name, and on a variable, in both places", async () => {
  const page = await openNotebook("databases");
  await expect.poll(() => output(page, 1).locator("td").count(), { timeout: 20_000 }).toBe(6);
  await shown(page, 2).toBe('"lid, cup, pot"');
  await shown(page, 3).toBe("2");
  await shown(page, 6).toBe("7");
});

/** For people to look at, where SCREENSHOTS names a folder. */
async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
}
