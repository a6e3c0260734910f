import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCatalog } from "../../../kernel/catalog/catalog.ts";
import { prepareWorkspace, type Workspace, workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { crawl } from "../../../kernel/crawl/crawl.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { type HeadlessOptions, listParameters, runHeadless } from "../../../kernel/session/headless.ts";

let workspace: Workspace;

beforeAll(async () => {
  workspace = workspaceAt(mkdtempSync(join(tmpdir(), "percolate-headless-")));
  mkdirSync(workspace.data);
  mkdirSync(workspace.notebooks);
  writeFileSync(join(workspace.data, "cups.csv"), "day,cups\n2024-01-01,3\n2024-01-02,5\n2024-01-03,1\n");
  writeFileSync(join(workspace.notebooks, "beside.txt"), "beside");
  prepareWorkspace(workspace);
  const catalog = openCatalog(workspace);
  await crawl({ catalog, path: workspace.data });
  catalog.close();
});

afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

type Source = string | Omit<CellSpec, "id">;

function options(cells: readonly Source[], rest: Partial<HeadlessOptions> = {}): HeadlessOptions {
  const made = cells.map((cell, index) =>
    toCell({ id: index + 1, ...(typeof cell === "string" ? { source: cell } : cell) }),
  );
  return {
    workspace,
    notebook: { title: "Test", cells: made },
    path: join(workspace.notebooks, "test.html"),
    ...rest,
  };
}

const texts = async (cells: readonly Source[], rest?: Partial<HeadlessOptions>) => {
  const result = await runHeadless(options(cells, rest));
  return result.cells.map(({ outputs, failure }) =>
    failure
      ? failure.message
      : outputs.map((output) => (output.type === "value" ? output.value.text : output.type)).join(),
  );
};

test("cells of every kind run in one process", async () => {
  const result = await runHeadless(
    options([
      "const least = view(Inputs.range([0, 10], {step: 1, value: 2}))",
      { mode: "sql", output: "rows", source: "SELECT * FROM cups WHERE cups > ${least} ORDER BY day" },
      { source: "const total = d3.sum(rows, (row) => row.cups)", place: "kernel" },
      { mode: "md", source: "In all **${total}**" },
      "Plot.plot({marks: [Plot.barY(rows, {x: 'day', y: 'cups'})]})",
      { mode: "html", source: "<b>${rows.length}</b>" },
    ]),
  );
  expect(result.cells.map(({ status }) => status)).toEqual(Array(6).fill("done"));
  expect(result.ok).toBe(true);
  expect(result.parameters).toEqual({ least: 2 });
  const html = result.cells.map(({ outputs }) =>
    outputs.map((output) => (output.type === "html" ? output.html : "")).join(),
  );
  expect(html[3]).toContain("<strong>8</strong>");
  expect(html[4]).toContain("<svg");
  expect(html[5]).toContain("<b>2</b>");
  expect(result.cells[1]?.outputs[0]).toMatchObject({ type: "table", table: { rowCount: 2, id: null } });
});

test("parameters take values from outside, and are told", async () => {
  const cells = ["const least = view(Inputs.range([0, 10], {step: 1, value: 2}))", "least * 2"];
  expect((await texts(cells, { parameters: { least: "7" } }))[1]).toBe("14");
  expect((await runHeadless(options(cells, { parameters: { least: 3 } }))).parameters).toEqual({ least: 3 });
});

test.each([
  [{ lest: 1 }, 'unknown parameter "lest"'],
  [{ least: "many" }, 'parameter least: "many" is not a number'],
  [{ least: 99 }, "parameter least: 99 is outside its limits"],
])("parameters %o are refused before any cell runs", async (parameters, message) => {
  const ran: number[] = [];
  const run = runHeadless(
    options(["const least = view(Inputs.range([0, 10], {value: 2}))", "1"], {
      parameters,
      onEvent: (event) => event.type === "status" && ran.push(event.cell),
    }),
  );
  await expect(run).rejects.toThrow(message);
  expect(ran).toEqual([]);
});

test("allowed values may come from the data; listing them runs what they need and no more", async () => {
  const cells = [
    "const names = (await tables()).map((table) => table.name)",
    'const table = view(Inputs.select(names, {label: "Table"}))',
    "throw new Error('never')",
  ];
  const events: number[] = [];
  const [parameter] = await listParameters(
    options(cells, {
      onEvent: (event) => event.type === "status" && event.status === "running" && events.push(event.cell),
    }),
  );
  expect(parameter).toMatchObject({
    name: "table",
    input: "select",
    default: "cups",
    options: ["cups"],
    label: "Table",
  });
  expect(events).toEqual([1, 2]);
  const failed = await texts(cells.slice(0, 2), { parameters: { table: "cup" } });
  expect(failed[1]).toContain('"cup" is not among its allowed values');
});

test("a failed cell fails its dependants, and the others are done", async () => {
  const result = await runHeadless(options(["const a = null.x", "a", "'fine'"]));
  expect(result.ok).toBe(false);
  expect(result.cells.map(({ status }) => status)).toEqual(["failed", "failed", "done"]);
  expect(result.cells[0]?.failure).toMatchObject({ kind: "runtime", line: 1 });
  expect(result.cells[1]?.failure).toMatchObject({ kind: "upstream", cells: [1] });
});

test("generators are followed to their end; endless ones for a while", async () => {
  const done =
    "const n = (async function*() { for (let i = 1; i <= 5; i++) { yield i; await new Promise(r => setTimeout(r, 20)); } })()";
  expect((await texts([done, "n"]))[1]).toBe("5");
  const endless = "const n = (function*() { for (let i = 0; ; i++) yield i; })()";
  const [, last] = await texts([endless, "n"], { patience: 200 });
  expect(Number(last)).toBeGreaterThan(2);
});

test("files beside the notebook are read, files outside the workspace are not", async () => {
  const shown = await texts([
    "await FileAttachment('beside.txt').text()",
    "await FileAttachment('../../../../etc/hostname').text()",
    "await FileAttachment('besides.txt').text()",
  ]);
  expect(shown[0]).toBe("beside");
  expect(shown[1]).toMatch(/outside the workspace|not found/);
  expect(shown[2]).toContain('file "besides.txt" not found');
});

test("a run that is called off stops what still runs", async () => {
  const abort = new AbortController();
  const run = runHeadless(
    options(["await new Promise(() => {})", "1"], {
      signal: abort.signal,
      onEvent: (event) =>
        event.type === "status" && event.cell === 2 && event.status === "done" && abort.abort(),
    }),
  );
  const result = await run;
  expect(result.cells.map(({ status }) => status)).toEqual(["stopped", "done"]);
  expect(result.ok).toBe(false);
});

test("SQL runs on a connection, and on a variable with a sql tag", async () => {
  const file = join(workspace.root, "shop.db");
  const database = new Database(file);
  database.exec("CREATE TABLE sale AS SELECT 1 AS id, 'cup' AS item UNION SELECT 2, 'pot'");
  database.close();
  writeFileSync(join(workspace.kept, "connections.json"), '{"shop": {"type": "sqlite", "path": "shop.db"}}');
  const shown = await texts([
    "const least = 2",
    { mode: "sql", database: "shop", output: "rows", source: "SELECT * FROM sale WHERE id >= ${least}" },
    "rows[0].item",
    "const shop = DatabaseClient('shop')",
    { mode: "sql", database: "var:shop", output: "again", source: "SELECT count(*) AS n FROM sale" },
    "again[0].n",
    {
      mode: "ojs",
      source: "(await DatabaseClient('shop').sql`SELECT item FROM sale WHERE id = ${least}`)[0].item",
    },
    { mode: "sql", database: "shopp", source: "SELECT 1" },
    { mode: "sql", database: "var:", source: "SELECT 1" },
  ]);
  expect(shown.slice(0, 7)).toEqual(["", "table", "pot", "", "table", "2", "pot"]);
  expect(shown[7]).toBe('connection "shopp" not found: connections are shop');
  expect(shown[8]).toBe('database "var:" names no variable');
});
