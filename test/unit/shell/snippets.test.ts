import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { type Cell, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { NamedTable } from "../../../kernel/notebook/language.ts";
import { runHeadless } from "../../../kernel/session/headless.ts";
import { chartOf } from "../../../ui/shell/notebook/insert/chart-of.ts";
import { entryGroups, matches, nothingFound } from "../../../ui/shell/notebook/insert/entries.ts";
import { queryOf } from "../../../ui/shell/notebook/insert/query-of.ts";
import { cellsOf, type Snippet } from "../../../ui/shell/notebook/insert/snippet.ts";
import { snippetGroups } from "../../../ui/shell/notebook/insert/snippets.ts";
import { desk } from "../language/start.ts";

const all = snippetGroups.flatMap(({ snippets }) => snippets);
const empty = { title: "", cells: [] };
let folder: string;
let web: ReturnType<typeof createServer>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "percolate-snippets-"));
  mkdirSync(join(folder, "notebooks"));
  writeFileSync(join(folder, "notebooks/data.csv"), "a,b\n1,2\n");
  web = createServer((_request, response) => response.end('{"fine": true}')).listen(0, "127.0.0.1");
  await new Promise((resolve) => web.once("listening", resolve));
});
afterAll(() => {
  web.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Without the web, an address of this machine stands for one there. */
function here(cell: Cell): Cell {
  const { port } = web.address() as AddressInfo;
  return { ...cell, source: cell.source.replace("https://example.com/", `http://127.0.0.1:${port}/`) };
}

async function failuresOf(cells: readonly Cell[]): Promise<unknown[]> {
  const { cells: results } = await runHeadless({
    workspace: workspaceAt(folder),
    notebook: { title: "", cells: cells.map(here) },
    path: join(folder, "notebooks/n.html"),
    patience: 50,
  });
  return results.filter(({ status }) => status !== "done").map(({ status, failure }) => failure ?? status);
}

describe("every snippet", () => {
  for (const snippet of all)
    test(`${snippet.title}: runs as it stands, and in editors has no mistake`, async () => {
      const cells = cellsOf(snippet, empty);
      expect(await failuresOf(cells)).toEqual([]);
      const notebook = await desk();
      notebook.write(...cells);
      for (const { id } of cells) expect(await notebook.places(id)).toEqual([]);
    });

  test("has its words to replace in its first cell, defines what it says, and is named once", () => {
    for (const { cells, select, names = [], title } of all) {
      if (select) expect(cells[0]?.source, title).toContain(select);
      for (const name of names) expect(JSON.stringify(cells), title).toContain(name);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

test("names that the notebook has are numbered, in all cells of the snippet", () => {
  const snippet: Snippet = {
    id: "s",
    title: "S",
    names: ["least", "enough"],
    cells: [
      { mode: "ts", source: "const least = data.least" },
      { mode: "sql", output: "enough", source: "SELECT ${least}" },
    ],
  };
  const notebook = {
    title: "",
    cells: [toCell({ id: 7, source: "least + 1" }), toCell({ id: 3, mode: "sql", output: "enough" })],
  };
  expect(cellsOf(snippet, notebook).map(({ id, output, source }) => [id, output, source])).toEqual([
    [8, null, "const least2 = data.least"],
    [9, "enough2", "SELECT ${least2}"],
  ]);
});

const field = (name: string, kind: NamedTable["fields"][number]["kind"]) => ({ name, kind });
const rows = `const rows = Array.from({length: 3}, (_, i) => ({at: new Date(i), n: i, m: i * i, "the word": "a"}));`;

for (const [fields, mark] of [
  [[field("at", "date"), field("n", "number"), field("the word", "text")], "lineY"],
  [[field("n", "number"), field("m", "number")], "dot"],
  [[field("the word", "text"), field("n", "number")], "barY"],
  [[field("n", "number")], "rectY"],
  [[field("at", "date")], "rectY"],
  [[field("the word", "text")], "barY"],
] as const)
  test(`a chart of ${fields.map(({ kind }) => kind).join(" and ")} is a ${mark} that draws`, async () => {
    const snippet = chartOf({ name: "rows", cell: 1, fields });
    expect(snippet?.cells[0]?.source).toContain(`Plot.${mark}(`);
    const cells = [toCell({ id: 1, source: rows }), ...cellsOf(snippet as Snippet, empty, 2)];
    expect(await failuresOf(cells)).toEqual([]);
  });

test("there is no chart of rows without anything to draw", () => {
  expect(chartOf({ name: "rows", cell: 1, fields: [field("x", "other")] })).toBeNull();
});

test("a query of a table quotes its name and gives the result one that code can use", () => {
  const [cell] = queryOf({ database: "main", name: "2024 sales" }).cells;
  expect(cell).toMatchObject({
    output: "rows2024Sales",
    source: 'SELECT *\nFROM main."2024 sales"\nLIMIT 1000',
  });
});

test("an entry is found by its words in any order; groups that have nothing are left out", () => {
  expect(matches("Line chart plot time series", "time line")).toBe(true);
  expect(matches("Line chart plot time series", "time bar")).toBe(false);
  expect(entryGroups(nothingFound).map(({ title }) => title)).toEqual([
    "Cell",
    "Inputs",
    "Charts",
    "Queries",
    "Code",
    "Text",
  ]);
});
