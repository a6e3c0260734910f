// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareWorkspace, type Workspace, workspaceAt } from "../../../kernel/catalog/workspace.ts";
import type { Output } from "../../../kernel/notebook/display/output.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { namedFiles } from "../../../kernel/notebook/library/attached-file.ts";
import { inferTypes } from "../../../kernel/notebook/library/infer-types.ts";
import { runHeadless } from "../../../kernel/session/headless.ts";

let workspace: Workspace;

beforeAll(() => {
  workspace = workspaceAt(mkdtempSync(join(tmpdir(), "percolate-names-")));
  mkdirSync(workspace.notebooks);
  writeFileSync(
    join(workspace.notebooks, "cups.csv"),
    "\uFEFFday,cups,hot\n2024-01-02,3,true\n2024-01-03,,false\n",
  );
  writeFileSync(join(workspace.notebooks, "page.html"), "<p>hello <b>there</b></p>");
  prepareWorkspace(workspace);
});

afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

type Source = string | Omit<CellSpec, "id">;

async function run(...cells: readonly Source[]) {
  const made = cells.map((cell, index) =>
    toCell({ id: index + 1, ...(typeof cell === "string" ? { source: cell } : cell) }),
  );
  const notebook = { title: "Test", cells: made };
  const { cells: results } = await runHeadless({
    workspace,
    notebook,
    path: join(workspace.notebooks, "t.html"),
  });
  return results.map(({ failure, outputs }) =>
    failure ? `${failure.kind}: ${failure.message}` : outputs.map(textOf).join(),
  );
}

function textOf(output: Output): string {
  if (output.type === "html") return output.html;
  return output.type === "value" ? output.value.text : output.type;
}

test("TeX and DOT cells draw, with values of other cells in them", async () => {
  const [tex, dot] = await run(
    { mode: "tex", source: "\\sqrt{${a}}" },
    { mode: "dot", source: "digraph { a -> ${b} [label=hi] }" },
    "const a = 3, b = 'c'",
  );
  expect(tex).toMatch(/^<span[^>]* class="katex-display"/);
  expect(tex).toContain('role="math"');
  expect(tex).toContain('aria-label="\\sqrt{3}"');
  expect(dot).toMatch(/^<svg/);
  expect(dot).toContain(">hi</text>");
  expect(dot).toContain('stroke="currentColor"');
  expect(dot).not.toMatch(/#000001|Helvetica/);
});

test("what cannot be drawn says what is wrong, where and what to do", async () => {
  expect(await run("tex`a +\nx^{`", "dot`digraph { a -> `", "mermaid`graph LR; A-->B`", "L.map")).toEqual([
    "input: this TeX cannot be read: Expected '}', got 'EOF' (line 2, column 4)",
    "input: Graphviz cannot draw this: syntax error in line 1",
    expect.stringContaining("only in the page"),
    expect.stringContaining("only in the page"),
  ]);
});

test("maths stand in a line of Markdown, alone, and with options of KaTeX", async () => {
  const [inline, block, options] = await run(
    { mode: "md", source: "so ${tex`x^2`} is" },
    "tex.block`\\int_0^1`",
    "tex.options({macros: {'\\\\RR': '\\\\mathbb{R}'}})`\\RR`",
  );
  expect(inline).toMatch(/<p>so <span[^>]* class="katex">.*<\/span> is<\/p>/);
  expect(block).toContain("katex-display");
  expect(options).toContain('mathbb">R');
});

test("charts of other libraries are SVG in a headless run", async () => {
  const [vega, echarts] = await run(
    "vl.markBar().data([{a: 1, b: 'x'}]).encode(vl.x().fieldN('b'), vl.y().fieldQ('a')).render()",
    `const box = html\`<div style="width:300px;height:200px">\`;
     echarts.init(box).setOption({xAxis: {data: ["a", "b"]}, yAxis: {}, series: [{type: "bar", data: [1, 2]}]});
     display(box)`,
  );
  expect(vega).toContain('<svg viewBox="0 0 ');
  expect(vega).toContain('fill="currentColor"');
  expect(echarts).toContain('<svg width="300" height="200"');
});

test("the names of Observable are there", async () => {
  expect(
    await run(
      "_.sum([1, 2])",
      "topojson.feature.name",
      "aq.from([{a: 1}]).numRows()",
      "[dark, width].join()",
      "await visibility(5)",
      "await Promises.delay(1, 7)",
      "await Files.text(new Blob(['hi']))",
      "Files.url(new Blob(['hi'], {type: 'text/plain'}))",
      "Object.keys(Generators).join()",
      "React.version.split('.')[0] + typeof ReactDOM.createRoot",
    ),
  ).toEqual([
    "3",
    "feature",
    "1",
    "false,928",
    "5",
    "7",
    "hi",
    "data:text/plain;base64,aGk=",
    "dark,input,now,observe,queue,width",
    "19function",
  ]);
});

test("React draws into an element", async () => {
  const [drawn] = await run(`const box = html\`<div>\`;
    ReactDOM.createRoot(box).render(React.createElement("b", null, "hi"));
    await Promises.delay(50);
    display(box)`);
  expect(drawn).toBe("<div><b>hi</b></div>");
});

test("the sample data sets have numbers and dates as such", async () => {
  expect(
    await run(
      "[aapl, alphabet, cars, citywages, diamonds, flare, industries, olympians, penguins, pizza, weather].map((d) => d.length).join()",
      "miserables.nodes.length",
      "typeof aapl[0].Close + (aapl[0].Date instanceof Date)",
    ),
  ).toEqual(["1260,26,406,195,53940,252,1708,11538,344,29853,2922", "77", "numbertrue"]);
});

test("DOM makes elements as Observable's does", async () => {
  expect(
    await run(
      "DOM.uid('a').toString()",
      "DOM.range(5)",
      "DOM.select(['a', 2])",
      "DOM.svg(3, 4)",
      "DOM.element('svg:circle', {r: 2, 'xlink:href': '#a'}).namespaceURI",
      "DOM.text(1).textContent",
      "DOM.context2d(20, 10, 2).canvas.width",
    ),
  ).toEqual([
    "url(#O-a-1)",
    '<input step="any" max="5" min="0" type="range">',
    '<select><option value="a">a</option><option value="2">2</option></select>',
    '<svg height="4" width="3" viewBox="0 0 3 4" />',
    "http://www.w3.org/2000/svg",
    "1",
    "40",
  ]);
});

describe("FileAttachment", () => {
  test("tells of a file before it is read", async () => {
    const [facts] = await run(
      `const file = FileAttachment("cups.csv");
       display([file.name, file.mimeType, file.size, typeof file.lastModified, file instanceof FileAttachment].join())`,
    );
    expect(facts).toBe("cups.csv,text/csv,52,number,true");
  });

  test("reads rows in every way", async () => {
    const json = (code: string) => `JSON.stringify(await FileAttachment("cups.csv").${code})`;
    expect(
      await run(
        json("csv()"),
        json("csv({typed: true})"),
        json("csv({typed: 'auto'})"),
        json("csv({array: true})"),
        json("dsv({delimiter: ';'}).then((rows) => rows.columns)"),
        "(await FileAttachment('cups.csv').arquero()).numRows()",
      ),
    ).toEqual([
      '[{"day":"2024-01-02","cups":"3","hot":"true"},{"day":"2024-01-03","cups":"","hot":"false"}]',
      '[{"day":"2024-01-02T00:00:00.000Z","cups":3,"hot":true},{"day":"2024-01-03T00:00:00.000Z","cups":null,"hot":false}]',
      '[{"day":"2024-01-02T00:00:00.000Z","cups":3,"hot":true},{"day":"2024-01-03T00:00:00.000Z","cups":null,"hot":false}]',
      '[["day","cups","hot"],["2024-01-02","3","true"],["2024-01-03","","false"]]',
      '["day,cups,hot"]',
      "2",
    ]);
  });

  test("reads text, bytes, documents, Arrow and Parquet", async () => {
    await makeTables();
    expect(
      await run(
        "(await FileAttachment('page.html').html()).querySelector('b').textContent",
        "(await FileAttachment('page.html').blob()).type",
        "(await new Response(await FileAttachment('page.html').stream()).text()).length",
        "(await FileAttachment('latin.txt').text('latin1'))",
        "JSON.stringify(Array.from(await FileAttachment('t.parquet').parquet()))",
        "JSON.stringify(Array.from(await FileAttachment('t.arrow').arrow()))",
        "(await FileAttachment('t.parquet').arquero()).get('b', 1)",
      ),
    ).toEqual([
      "there",
      "text/html",
      "25",
      "é",
      '[{"a":1,"b":"x"},{"a":2,"b":"y"}]',
      '[{"a":1,"b":"x"},{"a":2,"b":"y"}]',
      "y",
    ]);
  });

  test("says what is wrong", async () => {
    expect(
      await run(
        "FileAttachment('cup.csv')",
        "FileAttachment('../../../etc/passwd')",
        "FileAttachment()",
        "FileAttachment('page.html').json()",
        "FileAttachment('page.html').arquero()",
      ),
    ).toEqual([
      expect.stringContaining('file "cup.csv" not found'),
      expect.stringMatching(/not found|outside/),
      "input: FileAttachment needs the path of a file, not undefined",
      expect.stringContaining('file "page.html" is no JSON'),
      expect.stringContaining('file "page.html" cannot become an Arquero table'),
    ]);
  });
});

/** Small Arrow and Parquet files, written by DuckDB and flechette. */
async function makeTables(): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `COPY (SELECT * FROM (VALUES (1, 'x'), (2, 'y')) t(a, b)) TO '${join(workspace.notebooks, "t.parquet")}' (FORMAT parquet)`,
  );
  connection.closeSync();
  const table = tableFromArrays({ a: [1, 2], b: ["x", "y"] });
  writeFileSync(join(workspace.notebooks, "t.arrow"), tableToIPC(table, { format: "file" }) as Uint8Array);
  writeFileSync(join(workspace.notebooks, "latin.txt"), Buffer.from([0xe9]));
}

describe("namedFiles", () => {
  test("finds files that are named by a text, and no others", () => {
    const source =
      "FileAttachment('a.csv'); FileAttachment( \"b/c.json\" ); FileAttachment(`d.txt`); FileAttachment(name); FileAttachment(`${x}.csv`); FileAttachment('a.csv')";
    expect(namedFiles(source)).toEqual(["a.csv", "b/c.json", "d.txt"]);
  });
});

describe("inferTypes decides as Notebook Kit", () => {
  test.each([
    [
      ["1", "2", "x"],
      ["1", "2", "x"],
    ],
    [
      ["true", "FALSE", ""],
      [true, false, null],
    ],
    [
      [" 1 ", "", "3"],
      [1, Number.NaN, 3],
    ],
    [
      [...Array(9).fill("1"), "x"],
      [...Array(9).fill(1), Number.NaN],
    ],
    [
      ["2024-01-02", ""],
      [new Date("2024-01-02"), null],
    ],
    [
      ["", ""],
      ["", ""],
    ],
  ])("%j", (values, expected) => {
    const rows = values.map((a) => ({ a }));
    expect(inferTypes(rows, ["a"]).map(({ a }) => a)).toEqual(expected);
  });
});
