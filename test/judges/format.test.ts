import { describe, expect, test } from "vitest";
import { parseNotebook, serializeNotebook } from "../../kernel/notebook/document/file.ts";
import { type Cell, type CellSpec, type Notebook, toCell } from "../../kernel/notebook/document/notebook.ts";

/** What Notebook Kit's own tests state of the format. */
const file = (...scripts: string[]) => `<!doctype html>\n<notebook>\n${scripts.join("\n")}\n</notebook>\n`;
const notebook = (...cells: CellSpec[]): Notebook => ({ title: "T", cells: cells.map(toCell) });
const again = (given: Notebook) => parseNotebook(serializeNotebook(given));
const fields = (text: string, ...keys: (keyof Cell)[]) =>
  parseNotebook(text).cells.map((cell) => keys.map((key) => cell[key]));

describe("what is left out", () => {
  test("of a notebook is an empty one, Untitled", () => {
    expect(parseNotebook("<notebook></notebook>")).toEqual({ title: "Untitled", cells: [] });
  });

  test("of a cell is what a JavaScript cell without text has", () => {
    expect(parseNotebook(file("<script></script>")).cells).toEqual([toCell({ id: 1, mode: "js" })]);
  });

  test("after a title that is there but empty, is an empty title", () => {
    expect(parseNotebook("<notebook><title></title></notebook>").title).toBe("");
  });
});

describe("a round trip keeps", () => {
  const cells: readonly (readonly [what: string, spec: Omit<CellSpec, "id">])[] = [
    ["a pinned note", { mode: "md", pinned: true, source: "# Hello" }],
    ["a note that is not pinned", { mode: "md", source: "# Hello" }],
    ["pinned code", { mode: "js", pinned: true, source: "1 + 2" }],
    ["code that is not pinned", { mode: "js", source: "1 + 2" }],
    ["a hidden cell", { mode: "ts", hidden: true, source: "const a: number = 1" }],
    ["indentation", { mode: "js", source: "{\n  1;\n    2;\n}" }],
    ["blank lines inside", { mode: "js", source: "1\n\n\n2" }],
    ["a last line without a break", { mode: "js", source: "1\n2" }],
    ["SQL with database and output", { mode: "sql", database: "main", output: "rows", source: "SELECT 1" }],
    ["text that looks like tags", { mode: "html", source: "<b>a & b</b> &amp; <!-- c -->" }],
    ["quotes in attributes", { mode: "sql", database: 'a "b" & <c>', source: "SELECT 1" }],
    ["backslashes and dollars", { mode: "md", source: "\\alpha \\${x} $\\{y}" }],
    ["characters beyond the basic plane", { mode: "md", source: "é 🙂 \u{1F469}\u200D\u{1F52C}" }],
  ];
  test.each(cells)("%s", (_, spec) => {
    const given = notebook({ id: 3, ...spec });
    expect(again(given)).toEqual(given);
  });

  test.each(["Hello, world!", "a & b", "<b>", "&amp;", " x ", "é 🙂"])("the title %j", (title) => {
    expect(again({ title, cells: [] }).title).toBe(title);
  });

  test("the order of cells, whatever their ids", () => {
    const given = notebook({ id: 9, source: "1" }, { id: 2, source: "2" }, { id: 5, source: "3" });
    expect(again(given)).toEqual(given);
  });
});

describe("an end tag in a cell's text", () => {
  const texts = [
    "'</script>'",
    "'</script '",
    "'</SCRIPT '",
    "'</sCrIpT '",
    "'<\\/script>'",
    "'<\\/script '",
    "'<\\\\/SCRIPT '",
    "'<\\\\/sCrIpT '",
    "`</script\n>`",
    "'</scripts>' + '</ script>'",
  ];
  test.each(texts)("is kept: %j", (source) => {
    const given = notebook({ id: 1, mode: "js", source });
    expect(serializeNotebook(given).split(/<\/script[\s>]/i).length).toBe(2);
    expect(again(given)).toEqual(given);
  });
});

describe("ids", () => {
  const cases: readonly (readonly [what: string, ids: readonly string[], read: readonly number[]])[] = [
    ["as written", ['id="1"', 'id="7"', 'id="3"'], [1, 7, 3]],
    ["that are missing are given", ["", 'id="3"', ""], [1, 3, 4]],
    ["that come twice are given anew", ['id="2"', 'id="2"'], [2, 3]],
    ["that come three times", ['id="5"', 'id="5"', 'id="5"'], [5, 6, 7]],
    ["that are no numbers are given anew", ['id="a"', 'id=""', "id"], [1, 2, 3]],
    ["that are not positive are given anew", ['id="0"', 'id="-4"'], [1, 2]],
    ["with a fraction lose it", ['id="2.9"', 'id="2"'], [2, 3]],
    ["may have blanks around them", ['id=" 4 "', "id=6"], [4, 6]],
  ];
  test.each(cases)("%s", (_, ids, read) => {
    const text = file(...ids.map((id) => `<script ${id}>1</script>`));
    expect(fields(text, "id").flat()).toEqual(read);
  });
});

describe("a script's type says its mode", () => {
  const cases: readonly (readonly [type: string, mode: string])[] = [
    ["", "js"],
    ['type=""', "js"],
    ['type="module"', "js"],
    ['type="text/javascript"', "js"],
    ['type="text/x-typescript"', "ts"],
    ['type="text/markdown"', "md"],
    ['type="text/html"', "html"],
    ['type="application/sql"', "sql"],
    ['type="application/x-tex"', "tex"],
    ['type="text/vnd.graphviz"', "dot"],
    ['type="application/vnd.observable.javascript"', "ojs"],
    ['type="application/vnd.node.javascript"', "node"],
    ['type="text/x-python"', "python"],
    ['type="text/x-r"', "r"],
  ];
  test.each(cases)("%j", (type, mode) => {
    expect(fields(file(`<script ${type}>1</script>`), "mode")).toEqual([[mode]]);
  });

  test("one that nobody knows is kept: in Notebook Kit it is lost, and the cell is JavaScript", () => {
    const text = file('<script id="1" type="text/x-fortran">\n    PRINT *\n  </script>');
    const read = parseNotebook(text);
    expect(read.cells[0]).toMatchObject({ mode: "text/x-fortran", source: "PRINT *" });
    expect(serializeNotebook(read, text)).toBe(text);
  });
});

describe("the text between the tags", () => {
  const cases: readonly (readonly [what: string, body: string, source: string])[] = [
    ["loses its first and last line if they are blank", "\n    a\n  ", "a"],
    ["loses one of each, no more", "\n\n    a\n\n  ", "\na\n"],
    ["loses four blanks before each line", "\n      a\n    b\n  c\n  ", "  a\nb\n  c"],
    ["keeps tabs", "\n\ta\n  ", "\ta"],
    ["may stand on the tags' own line", "a + b", "a + b"],
    ["may have Windows' or old Macs' line ends", "\r\n    a\r\n    b\r  ", "a\nb"],
    ["may be nothing but blanks", "\n  ", ""],
    ["is no HTML", "&lt;a&gt; <b>", "&lt;a&gt; <b>"],
  ];
  test.each(cases)("%s", (_, body, source) => {
    expect(fields(file(`<script id="1">${body}</script>`), "source")).toEqual([[source]]);
  });
});

describe("around the cells", () => {
  const cases: readonly (readonly [what: string, text: string, sources: readonly string[]])[] = [
    ["scripts outside of the notebook are none", `<script>0</script>${file("<script>1</script>")}`, ["1"]],
    ["scripts deep inside are cells", file("<div><p><script>1</script></p></div>"), ["1"]],
    ["scripts in comments are none", file("<!-- <script>0</script> -->", "<script>1</script>"), ["1"]],
    ["the doctype may be missing", "<notebook><script>1</script></notebook>", ["1"]],
    ["the end may be missing", "<notebook><script>1</script>", ["1"]],
    ["names may be in capitals", "<NOTEBOOK><SCRIPT ID=1>1</SCRIPT></NOTEBOOK>", ["1"]],
    ["a byte order mark is none of it", `\ufeff${file("<script>1</script>")}`, ["1"]],
  ];
  test.each(cases)("%s", (_, text, sources) => {
    expect(fields(text, "source").flat()).toEqual(sources);
  });

  test("theme, readonly and all else that is not ours stays in the file", () => {
    const text = `<!doctype html>
<notebook theme="light-dark(air, midnight)" readonly>
  <title>T</title>
  <script id="1" type="application/vnd.node.javascript" format="json" since="2024-01-01">
    1
  </script>
</notebook>
`;
    const read = parseNotebook(text);
    expect(serializeNotebook(read, text)).toBe(text);
    const renamed = serializeNotebook({ ...read, title: "U" }, text);
    expect(renamed).toBe(text.replace("<title>T", "<title>U"));
  });
});
