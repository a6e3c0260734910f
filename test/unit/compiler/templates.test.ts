// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { describe, expect, test } from "vitest";
import { placeOf } from "../../../kernel/notebook/document/notebook.ts";
import { compileCell, runCell } from "./compile-cell.ts";

interface Tagged {
  readonly strings: readonly string[];
  readonly raw: readonly string[];
  readonly values: readonly unknown[];
}

const tag = (strings: readonly string[] & { raw: readonly string[] }, ...values: unknown[]): Tagged => ({
  strings: [...strings],
  raw: [...strings.raw],
  values,
});

/** The text as the tag gets it, values as «value». */
async function readAs(mode: string, source: string, names: Record<string, unknown> = {}): Promise<string> {
  const compiled = compileCell(source, { mode });
  expect(compiled.failure).toBeUndefined();
  const { displayed } = await runCell(compiled, { [mode]: Object.assign(tag, { block: tag }), ...names });
  const [{ strings, raw, values }] = displayed as [Tagged];
  expect(raw).toEqual(strings);
  return strings.map((text, i) => text + (i < values.length ? `«${values[i]}»` : "")).join("");
}

describe.each(["md", "html", "sql", "tex", "dot"])("in a cell of mode %s", (mode) => {
  test.each([
    "plain",
    "a `b` c ``` d",
    "back\\slash \\n \\\\ \\u0041 \\",
    "<script>1</script> </script <!-- -->",
    "$ $$ {a} $a { $ {",
    "line\nline\r\nline\u2028line\ttab",
    "$\\{1,2\\}$",
    "ünï 😀",
  ])("%j reaches the tag as it is", async (source) => {
    expect(await readAs(mode, source)).toBe(source);
  });

  test.each([
    ["${1}", "«1»"],
    ["${1}${2}", "«1»«2»"],
    ["a ${x} b ${ x + 1 } c", "a «5» b «6» c"],
    ["${`}${x}`}", "«}5»"],
    ["${{a: {b: 1}}.a.b}", "«1»"],
    ["${'}'}", "«}»"],
    ["${/}/.source}", "«}»"],
    ["${x /* } */}", "«5»"],
    ["${x // }\n}", "«5»"],
    ["${((a) => { return a })(3)}", "«3»"],
    ["${1, 2}", "«2»"],
    ["${await Promise.resolve(4)}", "«4»"],
    ["\\\\${x}", "\\\\«5»"],
    ["-- ${x}\n'${x}'", "-- «5»\n'«5»'"],
  ])("%j is read as %j", async (source, expected) => {
    expect(await readAs(mode, source, { x: 5 })).toBe(expected);
  });

  test.each([
    ["\\${x}", "${x}", "\\${x}"],
    ["\\\\\\${x}", "\\\\${x}", "\\\\\\${x}"],
    ["\\${a} ${x} \\${b", "${a} «5» ${b", "\\${a} «5» \\${b"],
  ])("%j is text, not an expression", async (source, expected, inTexAndDot) => {
    expect(await readAs(mode, source, { x: 5 })).toBe(/tex|dot/.test(mode) ? inTexAndDot : expected);
  });

  test("expressions may have types", async () => {
    expect(await readAs(mode, "${x as number} ${[x].map((y: number): number => y! + 1)}", { x: 5 })).toBe(
      "«5» «6»",
    );
  });

  test("expressions keep their line and column", () => {
    const source = "a ${x} `b`\n\\n ${y as T}${\nz}";
    const { body, lineOffset } = compileCell(source, { mode });
    const at = (name: string) => {
      const offset = source.indexOf(name);
      const before = source.slice(0, offset).split("\n");
      return body.split("\n")[before.length - 1 + lineOffset]?.charAt(before.at(-1)?.length ?? 0);
    };
    expect([at("x"), at("y"), at("z")]).toEqual(["x", "y", "z"]);
  });
});

describe.each(["md", "html", "sql", "tex", "dot"])("a cell of mode %s", (mode) => {
  test.each([
    ["a ${", "1:5", /ends before/],
    ["a\nb ${x", "2:6", /ends before/],
    ["${}", "1:3", /unexpected "}"/],
    ["a\n ${x y}", "2:6", /unexpected "y"/],
    ["${const a = 1}", "1:3", /unexpected/],
    ["a ${b = 1}", "1:5", /cannot assign to b/],
    ["a ${<b>c}", "1:5", /angle|ends before/],
  ])("%j is refused at its place", (source, place, message) => {
    const { failure } = compileCell(source, { mode });
    expect(failure?.message).toMatch(message);
    expect(`${failure?.line}:${failure?.column}`).toBe(place);
  });

  test("an empty cell does nothing", async () => {
    const compiled = compileCell(" \n", { mode, output: "a" });
    expect([compiled.inputs, compiled.outputs]).toEqual([[], []]);
    expect(await runCell(compiled)).toEqual({ outputs: {}, displayed: [] });
  });

  test("the output names the result", async () => {
    const compiled = compileCell("a ${x}", { mode, output: "rows" });
    expect(compiled.inputs).toEqual([mode, "x", "display"]);
    expect(compiled.outputs).toEqual(["rows"]);
    const { outputs, displayed } = await runCell(compiled, {
      [mode]: Object.assign(async () => "result", { block: async () => "result" }),
      x: 1,
    });
    expect(outputs).toEqual({ rows: "result" });
    expect(displayed).toEqual(["result"]);
  });

  test.each([
    ["1a", /not a name/],
    ["class", /not a name/],
    ["Map", /cannot be redefined/],
    ["display", /cannot be redefined/],
  ])("output %j is refused", (output, message) => {
    const { failure } = compileCell("a", { mode, output });
    expect(failure?.kind).toBe("input");
    expect(failure?.message).toMatch(message);
  });

  test("its own result cannot be used in it", () => {
    expect(compileCell("${rows}", { mode, output: "rows" }).failure?.message).toContain(
      "rows is the result of this cell",
    );
  });

  test("names of ours do not collide with names of the author's", async () => {
    expect(
      await readAs(mode, "${$text}${$value}${typeof import('x')}", { $text: 1, $value: 2, $import: () => 3 }),
    ).toBe("«1»«2»«object»");
  });
});

test("a SQL cell with a database asks that connection", async () => {
  const compiled = compileCell("select ${x}", { mode: "sql", database: 'a "b"' });
  const sql = {
    database:
      (name: string) =>
      (strings: string[], ...values: unknown[]) => [name, ...strings, ...values],
  };
  const { displayed } = await runCell(compiled, { sql, x: 1 });
  expect(displayed).toEqual([['a "b"', "select ", "", 1]]);
});

describe('SQL on a variable, database="var:db"', () => {
  test("is a call of the variable's own tag", async () => {
    const compiled = compileCell("SELECT ${x}", { mode: "sql", database: "var:db", output: "rows" });
    expect(compiled.inputs).toEqual(["db", "x", "display"]);
    const db = { sql: (strings: readonly string[], ...values: unknown[]) => [strings.join("?"), values] };
    expect((await runCell(compiled, { db, x: 1 })).outputs).toEqual({ rows: ["SELECT ?", [1]] });
  });

  test.each(["var:", "var:a b", "var:class"])("%s names no variable", (database) => {
    expect(compileCell("SELECT 1", { mode: "sql", database }).failure?.message).toContain(
      "names no variable",
    );
  });

  test("runs where the author wants it, all other SQL on the kernel", () => {
    expect(placeOf({ mode: "sql", place: "browser", database: "var:db" })).toBe("browser");
    expect(placeOf({ mode: "sql", place: "browser", database: "shop" })).toBe("kernel");
    expect(placeOf({ mode: "python", place: "browser", database: null })).toBe("kernel");
  });
});
