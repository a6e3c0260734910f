import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { NotebookImports } from "../../../kernel/modules/notebook-imports.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { runHeadless } from "../../../kernel/session/headless.ts";
import { kernelCell, notebookFile } from "../../browser/app.ts";
import { makeWorkspace, packages } from "./setup.ts";

let it: ReturnType<typeof makeWorkspace>;
beforeAll(() => {
  it = makeWorkspace(packages);
});
afterAll(() => it.remove());

const write = (name: string, ...cells: Parameters<typeof notebookFile>[1]) =>
  it.write(`notebooks/${name}.html`, notebookFile(name, cells));

type Source = string | Omit<CellSpec, "id">;

function cellsOf(sources: readonly Source[]) {
  return sources.map((source, index) =>
    toCell({ id: index + 1, ...(typeof source === "string" ? { source } : source) }),
  );
}

/** What each cell shows, or why it failed. */
async function shown(...sources: readonly Source[]): Promise<string[]> {
  const { cells } = await runHeadless({
    workspace: workspaceAt(it.folder),
    notebook: { title: "Main", cells: cellsOf(sources) },
    path: join(it.folder, "notebooks/main.html"),
    patience: 200,
  });
  return cells.map(({ outputs, failure }) =>
    failure
      ? `${failure.message}; ${failure.remedy} (${failure.line}:${failure.column})`
      : outputs.map((output) => (output.type === "value" ? output.value.text : output.type)).join(),
  );
}

const expand = (sources: readonly Source[], isTrusted = (_: string) => true) =>
  new NotebookImports(it.folder, isTrusted).expand(cellsOf(sources), join(it.folder, "notebooks/main.html"));

test("values, functions and views of another notebook, under other names too, with all that they need and no more", async () => {
  write(
    "other",
    "const y = 2",
    "const x = y * 10",
    "function twice(n: number) { return n * 2 }",
    "const v = view(Inputs.range([0, 9], {value: 7}))",
    "throw new Error('not needed')",
  );
  expect(
    await shown(
      'import {x, twice as double} from "./other.html"\nimport {v} from "./other.html"',
      "double(x) + v",
      "const y = 'mine'",
    ),
  ).toEqual(["", "47", ""]);
  expect(expand(['import {x} from "./other.html"']).cells.size).toBe(3);
});

test("its names stand apart from those of the importing notebook, builtins among them", async () => {
  write(
    "apart",
    "const d3 = {max: () => 'their d3'}",
    "const a = d3.max([1])",
    "const b = typeof display + typeof table",
  );
  expect(
    await shown(
      'import {a, b} from "./apart.html"',
      "[a, b, d3].join(' ')",
      "const d3 = 'my d3', table = 'my table'",
    ),
  ).toEqual(["", "their d3 functionfunction my d3", ""]);
});

test("cells of every place and language come along: kernel, SQL, Markdown with a name", async () => {
  write(
    "kinds",
    [kernelCell, "const k = 40 + 1"],
    ['type="application/sql" output="rows"', "SELECT ${k} + 1 AS n"],
    ['type="text/markdown" output="text"', "*${k}*"],
  );
  expect(await shown('import {rows, k} from "./kinds.html"', "rows[0].n + k")).toEqual(["", "83"]);
});

test("files and modules start at the folder of the notebook that names them", async () => {
  it.write("shared/value.txt", "from the file");
  it.write("shared/value.ts", "export const value: string = 'from the module'");
  it.write(
    "shared/far.html",
    notebookFile("far", [
      'import {value} from "./value.ts"',
      'const text = FileAttachment("value.txt").text()',
    ]),
  );
  expect(await shown('import {value, text} from "../shared/far.html"', "`${value}, ${text}`")).toEqual([
    "",
    "from the module, from the file",
  ]);
});

test("notebooks may import from notebooks that import, but not in a circle", async () => {
  write("deep", "const base = 5");
  write("middle", 'import {base as b} from "./deep.html"', "const m = b + 1");
  expect(await shown('import {m} from "./middle.html"', "m")).toEqual(["", "6"]);
  write("circle", 'import {p} from "./main.html"', "const q = p");
  it.write("notebooks/main.html", notebookFile("main", ['import {q} from "./circle.html"', "const p = 1"]));
  const [first] = await shown('import {q} from "./circle.html"', "const p = 1");
  expect(first).toContain(
    "notebooks import each other: notebooks/main.html → notebooks/circle.html → notebooks/main.html",
  );
});

test("what cannot be imported is told at the import, with a remedy", async () => {
  write("names", "const longish = 1", "const = broken");
  const [missing, none, outside, whole] = await shown(
    'const before = 1\nimport {longisch} from "./names.html"',
    'import {x} from "./nones.html"',
    'import {x} from "../../elsewhere.html"',
    'import * as all from "./names.html"',
  );
  expect(missing).toMatch(/notebooks\/names\.html defines no name longisch.*did you mean longish\? \(2:1\)/);
  expect(none).toContain('file "./nones.html" not found');
  expect(outside).toContain("outside of the workspace");
  expect(whole).toContain("name what you need: import {name}");
});

test("a cell that fails over there is named by its place there", async () => {
  write("fails", "const bad = (() => { throw new TypeError('oh') })()", "const uses = bad");
  const [, user] = await shown('import {uses} from "./fails.html"', "uses");
  expect(user).toContain("because cell 1 of notebooks/fails.html failed: TypeError: oh");
  expect(user).not.toMatch(/\d{10}/);
});

test("nothing of a notebook that is not trusted runs", () => {
  write("foreign", "const x = 1");
  const { cells } = expand(['import {x} from "./foreign.html"'], () => false);
  expect(cells.size).toBe(1);
  expect(cells.get(1)?.refusal?.remedy).toContain("trust it");
});

test("a look finds the same cells as long as nothing was edited", () => {
  write("steady", "const s = 1", "const t = s");
  const imports = new NotebookImports(it.folder, () => true);
  const cells = cellsOf(['import {t} from "./steady.html"']);
  const look = () => imports.expand(cells, join(it.folder, "notebooks/main.html")).cells;
  const [first, second] = [look(), look()];
  for (const [id, cell] of first) expect(second.get(id)).toBe(cell);
  write("steady", "const s = 2", "const t = s");
  const third = look();
  expect([...third].filter(([id, cell]) => first.get(id) !== cell).map(([, { source }]) => source)).toEqual([
    "const s = 2",
  ]);
});
