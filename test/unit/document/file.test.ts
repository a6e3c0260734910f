import { describe, expect, it } from "vitest";
import { apply, applyAll } from "../../../kernel/notebook/document/apply.ts";
import { sameNotebook } from "../../../kernel/notebook/document/cells.ts";
import { parseNotebook, serializeNotebook } from "../../../kernel/notebook/document/file.ts";
import { type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { textDifference } from "../../../kernel/notebook/document/text-difference.ts";
import { UserError } from "../../../kernel/notebook/errors.ts";
import { Random, randomOperation } from "./random.ts";
import { mutated, randomFile, randomSource } from "./random-file.ts";

const text = `<!doctype html>
<!-- kept -->
<notebook theme="slate" data-x='1'>
  <title>Coffee &amp; tea</title>

  <!-- about the first -->
  <script id="1" type="text/markdown" data-y=z>
    # Hello
  </script>
  <!-- about the second -->
  <script  type='application/sql'  id="7"
           output="rows" pinned>
      SELECT 1

    FROM t
  </script>
  <script id="3" type="application/x-tex">\\LaTeX</script>
</notebook>
<footer>more</footer>
`;

const notebook = parseNotebook(text);
const changed = (...operations: Operation[]) => serializeNotebook(applyAll(notebook, operations), text);
const rewrite = (cell: number, source: string): Operation => {
  const old = notebook.cells.find(({ id }) => id === cell)?.source ?? "";
  return { type: "edit", cell, changes: textDifference(old, source).toJSON() };
};

describe("parseNotebook", () => {
  it("reads title, cells and attributes", () => {
    expect(notebook).toEqual({
      title: "Coffee & tea",
      cells: [
        toCell({ id: 1, mode: "md", source: "# Hello", attributes: [["data-y", "z"]] }),
        toCell({ id: 7, mode: "sql", source: "  SELECT 1\n\nFROM t", output: "rows", pinned: true }),
        toCell({ id: 3, mode: "tex", source: "\\LaTeX" }),
      ],
    });
  });

  it("reads place, run and name", () => {
    const file = `<notebook><script place="kernel" run="manual" name="load">1</script></notebook>`;
    expect(parseNotebook(file).cells[0]).toMatchObject({
      id: 1,
      mode: "js",
      place: "kernel",
      run: "manual",
      name: "load",
    });
  });

  it("gives new ids to cells without one or with one that is taken", () => {
    const file = `<notebook><script id=4>a</script><script>b</script><script id="4">c</script><script id="x">d</script></notebook>`;
    expect(parseNotebook(file).cells.map((cell) => cell.id)).toEqual([4, 5, 6, 7]);
  });

  it("sees no cells in comments, in other elements' text, and outside the notebook", () => {
    const file = `<script>0</script><notebook><!-- <script>1</script> --><textarea><script>2</script></textarea><template><script>3</script></template></notebook><script>4</script>`;
    expect(parseNotebook(file).cells).toEqual([]);
  });

  it.each([
    ["", "the file is empty", 1, 1],
    [" \n ", "the file is empty", 1, 1],
    ["hello", 'the file is not HTML: it starts with "hello"', 1, 1],
    ['{"cells": []}', "the file is not HTML", 1, 1],
    ["<html><body>report</body></html>", "the file has no <notebook> element", 1, 1],
    ["<notebook>\n  <script>a\u0000b</script></notebook>", "NUL byte", 2, 12],
    ["<notebook>caf\ufffd</notebook>", "not UTF-8 text", 1, 14],
    ['<notebook>\n <script id="5">\n 1 + 1', '<script id="5"> is never closed', 2, 2],
    ["<notebook>\r\n<title>a", "<title> is never closed", 2, 1],
    ["<notebook>\n<!-- oh", "the comment <!-- is never closed", 2, 1],
    ['<notebook>\n<script id="5', 'the tag <script id="5 is never closed', 2, 1],
    ["<notebook", "the tag <notebook is never closed", 1, 1],
  ])("refuses %j: %s", (file, message, line, column) => {
    const failure = failureOf(file);
    expect(failure).toMatchObject({ kind: "input", line, column });
    expect(failure?.message).toContain(message);
    expect(failure?.remedy).toBeTruthy();
  });

  it("refuses more than 64 MB", () => {
    expect(failureOf(`<notebook>${" ".repeat(64 * 2 ** 20)}`)?.message).toContain("too large");
  });

  it("takes time in proportion to length, whatever is in the file", () => {
    const long = [
      "<!--",
      "<script><!--<script ",
      "<a b=",
      "<a ' ",
      "</script",
      "<title>",
      "&amp",
      "<a\t",
      "<",
    ];
    for (const piece of long) {
      const start = performance.now();
      failureOf(`<notebook>${piece.repeat(100_000)}`);
      expect(performance.now() - start, piece).toBeLessThan(2000);
    }
  });
});

describe("serializeNotebook", () => {
  it("writes what Observable's tools write", () => {
    const cells = [
      toCell({ id: 1, source: "const x = 1;\n\nx" }),
      toCell({ id: 2, mode: "sql", source: "SELECT 1", output: "rows", place: "kernel", pinned: true }),
    ];
    expect(serializeNotebook({ title: "A <b>", cells })).toBe(`<!doctype html>
<notebook>
  <title>A &lt;b&gt;</title>
  <script id="1" type="text/x-typescript">
    const x = 1;

    x
  </script>
  <script id="2" type="application/sql" pinned="" output="rows" place="kernel">
    SELECT 1
  </script>
</notebook>
`);
  });

  it("gives the same bytes when nothing changed", () => {
    expect(serializeNotebook(notebook, text)).toBe(text);
  });

  it("changes only the lines of a cell that changed", () => {
    expect(changed(rewrite(7, "  SELECT 1\n\nFROM u"))).toBe(text.replace("FROM t", "FROM u"));
    expect(changed(rewrite(3, "\\TeX"))).toBe(text.replace("\\LaTeX<", "\\TeX<"));
  });

  it("changes only the attribute of a field that changed", () => {
    const set = (fields: object): Operation => ({ type: "set", cell: 7, fields });
    expect(changed(set({ output: "all" }))).toBe(text.replace('output="rows"', 'output="all"'));
    expect(changed(set({ pinned: false }))).toBe(text.replace('"rows" pinned', '"rows"'));
    expect(changed(set({ run: "manual" }))).toBe(text.replace('"rows" pinned', '"rows" pinned run="manual"'));
    expect(changed(set({ mode: "md" }))).toBe(text.replace("'application/sql'", '"text/markdown"'));
  });

  it("changes only the title", () => {
    expect(changed({ type: "title", title: "<3" })).toBe(text.replace("Coffee &amp; tea", "&lt;3"));
    expect(serializeNotebook({ title: "New", cells: [] }, "<notebook>\r\n</notebook>")).toBe(
      "<notebook>\r\n  <title>New</title>\r\n</notebook>",
    );
  });

  it("changes only the attribute that says whether cells wait to be run", () => {
    const lazy = changed({ type: "policy", run: "lazy" });
    expect(parseNotebook(lazy).run).toBe("lazy");
    expect(lazy.replace(' run="lazy"', "")).toBe(text);
    expect(serializeNotebook(notebook, lazy)).toBe(text);
    const foreign = "<Notebook\n theme='air' run=someday ><script>a</script></notebook>";
    const read = parseNotebook(foreign);
    expect(read.run).toBeUndefined();
    expect(serializeNotebook(read, foreign)).toBe(foreign);
    expect(serializeNotebook(apply(read, { type: "policy", run: "lazy" }), foreign)).toBe(
      foreign.replace("run=someday", 'run="lazy"'),
    );
  });

  it("takes a cell's bytes and the comment over it along when it moves", () => {
    const second = text.slice(text.indexOf("  <!-- about the second"), text.indexOf('  <script id="3"'));
    const moved = text.replace(second, "").replace("</notebook>", `${second}</notebook>`);
    expect(changed({ type: "move", cell: 7, after: 3 })).toBe(moved);
  });

  it("leaves no gap for a deleted cell", () => {
    const third = '  <script id="3" type="application/x-tex">\\LaTeX</script>\n';
    expect(changed({ type: "delete", cell: 3 })).toBe(text.replace(third, ""));
    expect(
      parseNotebook(changed(...[1, 7, 3].map((cell) => ({ type: "delete", cell }) as const))).cells,
    ).toEqual([]);
  });

  it("writes a new cell on lines of its own, with the line ends of the file", () => {
    const windows = text.replaceAll("\n", "\r\n");
    const cell = toCell({ id: 9, source: "1\n2" });
    const added = serializeNotebook(apply(notebook, { type: "insert", cell, after: 3 }), windows);
    const script =
      '\r\n  <script id="9" type="text/x-typescript">\r\n    1\r\n    2\r\n  </script>\r\n</notebook>';
    expect(added).toBe(windows.replace("\r\n</notebook>", script));
    expect(serializeNotebook({ title: "Untitled", cells: [cell] }, "<notebook></notebook>")).toBe(
      '<notebook>\n  <script id="9" type="text/x-typescript">\n    1\n    2\n  </script>\n</notebook>',
    );
  });

  it("writes the id of a cell that would get another one by its place", () => {
    const file = "<notebook><script>a</script><script>b</script></notebook>";
    const moved = apply(parseNotebook(file), { type: "move", cell: 2, after: null });
    expect(serializeNotebook(moved, file)).toBe(
      '<notebook><script id="2">b</script><script id="1">a</script></notebook>',
    );
  });

  it.each([
    "</script>",
    "'</script'",
    "</script/>",
    "<\\/script>",
    "<!--",
    "<!-- <script>",
    "<!-- <script> --> </script>",
    "'<!--'; '<script>'; '<\\!--'",
    "<!--><script>",
    "a\n</script",
    "   ",
    "\n\n",
    "\n    x\n  \n",
    "",
    "\t",
    "\u2028\u00a0",
  ])("reads back the source %j", (source) => {
    const one = { title: "", cells: [toCell({ id: 1, source }), toCell({ id: 2, source: "next" })] };
    expect(parseNotebook(serializeNotebook(one))).toEqual(one);
  });

  it("puts U+FFFD for what no HTML file can hold", () => {
    const file = serializeNotebook({ title: "t", cells: [toCell({ id: 1, source: "a\0b\ud800c" })] });
    expect(parseNotebook(file, { strictlyDecoded: true }).cells[0]?.source).toBe("a\ufffdb\ufffdc");
  });

  it("keeps every byte of any file that it can read", () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const file = randomFile(new Random(seed));
      expect(serializeNotebook(parseNotebook(file), file), `seed ${seed}`).toBe(file);
    }
  });

  it("writes what is read back the same, whatever was done to any file", () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = new Random(seed);
      const file = randomFile(random);
      let [state, written] = [parseNotebook(file), file];
      for (let step = 0; step < 4; step++) {
        state = change(random, state, 100 + step);
        written = serializeNotebook(state, written);
        const read = parseNotebook(written, { strictlyDecoded: true });
        expect(sameNotebook(read, state) ? state : read, `seed ${seed}`).toEqual(state);
      }
    }
  });

  it("keeps the bytes of all other cells when one changes", () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const random = new Random(seed);
      const file = randomFile(random);
      const read = parseNotebook(file);
      const cell = read.cells.length > 0 ? random.pick(read.cells) : undefined;
      if (!cell) continue;
      const cells = read.cells.map((other) =>
        other === cell ? { ...cell, source: randomSource(random) } : other,
      );
      const out = serializeNotebook({ ...read, cells }, file);
      const head = prefix(file, out);
      const tail = prefix(reversed(file.slice(head)), reversed(out.slice(head)));
      expect(file.slice(head, file.length - tail).match(/<\/script\s*>/gi) ?? [], `seed ${seed}`).toEqual([]);
    }
  });
});

describe("damaged files", () => {
  it("are read or refused with a UserError", () => {
    for (let seed = 1; seed <= 6000; seed++) {
      const random = new Random(seed);
      const file = mutated(random, randomFile(random));
      try {
        expect(serializeNotebook(parseNotebook(file, { strictlyDecoded: true }), file), `seed ${seed}`).toBe(
          file,
        );
      } catch (error) {
        if (!(error instanceof UserError)) throw new Error(`seed ${seed}: ${error}`, { cause: error });
      }
    }
  });
});

function failureOf(file: string) {
  try {
    parseNotebook(file);
  } catch (error) {
    if (error instanceof UserError) return error.failure;
    throw error;
  }
  return null;
}

function change(random: Random, state: Notebook, id: number): Notebook {
  if (state.cells.length === 0 || random.chance(0.7))
    return wellFormed(apply(state, randomOperation(random, state, id)));
  const cell = random.pick(state.cells);
  const changed = { ...cell, source: randomSource(random) };
  return { ...state, cells: state.cells.map((other) => (other === cell ? changed : other)) };
}

/** A random edit may cut an emoji in half. */
function wellFormed({ title, cells }: Notebook): Notebook {
  const whole = (value: string) => value.replace(/\p{Surrogate}/gu, "\ufffd");
  return { title: whole(title), cells: cells.map((cell) => ({ ...cell, source: whole(cell.source) })) };
}

function prefix(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

function reversed(value: string): string {
  return value.split("").reverse().join("");
}
