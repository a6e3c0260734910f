// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { describe, expect, test } from "vitest";
import { evaluate } from "../../kernel/notebook/compiler/evaluate.ts";
import { locateFailure } from "../../kernel/notebook/compiler/positions.ts";
import { toFailure } from "../../kernel/notebook/errors.ts";
import { compileCell, runCell } from "../unit/compiler/compile-cell.ts";

/** What Notebook Kit's own tests state of its compiler. */
type Table = readonly (readonly [source: string, expected: string])[];
const js = { mode: "js" } as const;

/** Free names without those that a run has of its own. */
const needs = (source: string) =>
  compileCell(source, js)
    .inputs.filter((name) => !/^(display|\$import)$/.test(name))
    .join(" ");

describe("references", () => {
  const cases: Table = [
    ["tea + milk", "tea milk"],
    ["tea + milk;", "tea milk"],
    ["const a = tea + milk;\nconst b = milk - tea;", "tea milk"],
    ["function tea() { return milk; }", "milk"],
    ["class Tea extends Drink { brew() { return water } }", "Drink water"],
    ["{ let tea; tea + milk; }", "milk"],
    ["{ tea + milk; { let tea; } }", "tea milk"],
    ["tea => tea + milk", "milk"],
    ["(...tea) => tea + milk", "milk"],
    ["{ let {tea} = {}; tea + milk; }", "milk"],
    ["{ let {...tea} = {}; tea + milk; }", "milk"],
    ["{ let [tea, [...milk]] = []; tea + milk + water; }", "water"],
    ["window + tea", "tea"],
    ["undefined + NaN + Infinity", ""],
    ["tea.milk['water'][sugar]", "tea sugar"],
    ["({milk: tea, water})", "tea water"],
    ["for (const tea of teas) milk(tea)", "teas milk"],
    ["try { tea } catch (milk) { milk }", "tea"],
    ["tea: for (;;) break tea", ""],
  ];
  test.each(cases)("%s", (source, names) => expect(needs(source)).toBe(names));
});

describe("assignments", () => {
  const allowed = [
    "let tea = 1;\ntea = 2;",
    "let tea = 1;\nfor (tea of []);",
    "tea + 1;",
    "let tea;\n({tea} = {tea: 1});\n[tea] = [2];\ntea++;",
    "function f(tea) { tea = 1 }",
    "milk.tea = 1; milk[tea]++",
    "function f() {} f = 1",
    "let tea; (() => { tea = 1 })()",
  ];
  test.each(allowed)("may be: %s", (source) => {
    expect(compileCell(source, js).failure).toBeUndefined();
  });

  const refused: readonly (readonly [source: string, name: string, line: number, column: number])[] = [
    ["tea = 1;", "tea", 1, 1],
    ["tea++;", "tea", 1, 1],
    ["++tea;", "tea", 1, 3],
    ["tea ??= 1", "tea", 1, 1],
    ["({tea} = {});", "tea", 1, 3],
    ["({tea: milk} = {});", "milk", 1, 8],
    ["([tea] = []);", "tea", 1, 3],
    ["({tea = 1} = {});", "tea", 1, 3],
    ["let tea = 1;\n({...milk} = {});", "milk", 2, 6],
    ["let tea = 1;\n([...milk] = []);", "milk", 2, 6],
    ["let tea = 1;\nmilk = 1;", "milk", 2, 1],
    ["function f() { tea = 1; }", "tea", 1, 16],
    ["for (tea of []);", "tea", 1, 6],
    ["for (tea in {});", "tea", 1, 6],
    ["window = 1;", "window", 1, 1],
    ["const document = 1", "document", 1, 7],
  ];
  test.each(refused)("may not be: %s", (source, name, line, column) => {
    const { failure } = compileCell(source, js);
    expect(failure).toMatchObject({ kind: "syntax", line, column });
    expect(failure?.message).toContain(name);
    expect(failure?.remedy).toBeDefined();
  });
});

describe("await", () => {
  const awaited: readonly (readonly [source: string, shown: unknown])[] = [
    ["await 1", 1],
    ["(1, await 2)", 2],
    ["1 + await 2", 3],
    ["if (true) { display(await 3) }", 3],
    ["let n = 0; for await (const a of [1, Promise.resolve(2)]) n += a; display(n)", 3],
    ["let n = 0; for (const a of await [1, 2]) n += a; display(n)", 3],
    ["let f = 'k', g; for ({[await f]: g} of await [{k: 4}]); display(g)", 4],
    ["let n = 0; for (const a of [1, 2]) n += await a; display(n)", 3],
    ["let n = 0; for (const a in await {x: 1, y: 2}) n++; display(n)", 2],
    ["(async () => await 5)()", 5],
  ];
  test.each(awaited)("%s", async (source, shown) => {
    expect((await runCell(compileCell(source, js))).displayed).toEqual([shown]);
  });

  test("in a function that is not async is a mistake", () => {
    expect(compileCell("const f = () => await 1", js).failure).toMatchObject({ kind: "syntax", line: 1 });
  });
});

describe("what a cell takes, gives and shows", () => {
  type Face = readonly [source: string, inputs: string, outputs: string, shows: boolean];
  const faces: readonly Face[] = [
    ["1 + 2", "", "", true],
    ["x + y", "x y", "", true],
    ["await z", "z", "", true],
    ["display(1), display(2)", "", "", false],
    ["const x = 1, y = 2;", "", "x y", false],
    ["x + y;", "x y", "", false],
    ["await z;", "z", "", false],
    ["{a: 1}", "", "", true],
    ["[1, 2].map((x) => x)", "", "", true],
    ["function f() {}", "", "f", false],
    ["(() => {})", "", "", true],
    ["view(Inputs.range())", "view Inputs", "", false],
    ["// only a remark", "", "", false],
    ["1 // with a remark", "", "", true],
    ["import * as d3 from 'npm:d3';", "", "d3", false],
    ["import _ from 'npm:lodash';", "", "_", false],
    ["import {} from 'npm:d3';\nimport 'npm:isoformat';", "", "", false],
    ["const d3 = await import('npm:d3');", "", "d3", false],
    ["import {Scrubber} from 'observable:@mbostock/scrubber';", "", "Scrubber", false],
    ["import.meta.resolve('npm:d3')", "", "", true],
  ];
  test.each(faces)("%s", (source, inputs, outputs, shows) => {
    const compiled = compileCell(source, js);
    expect(compiled.failure).toBeUndefined();
    expect(needs(source)).toBe(inputs);
    expect(compiled.outputs.join(" ")).toBe(outputs);
    expect(compiled.autodisplay ?? false).toBe(shows);
  });
});

describe("a template cell", () => {
  const tag = ({ raw }: { raw: readonly string[] }, ...values: unknown[]) => String.raw({ raw }, ...values);
  const cases: Table = [
    ["Hello, world!", "Hello, world!"],
    ['Hello, ${"world"}!', "Hello, world!"],
    ["Hello, `world`!", "Hello, `world`!"],
    ["Hello, \\world\\!", "Hello, \\world\\!"],
    ["ends with \\", "ends with \\"],
    ["${`nested ${`${1 + 1}`}`} ${{a: '}'}.a}", "nested 2 }"],
  ];
  test.each(cases)("%s", async (source, text) => {
    for (const mode of ["md", "html"])
      expect((await runCell(compileCell(source, { mode }), { [mode]: tag })).displayed).toEqual([text]);
  });

  test("without text shows nothing", async () => {
    expect((await runCell(compileCell("", { mode: "md" }))).displayed).toEqual([]);
  });

  test("has a result where it has an output", async () => {
    const compiled = compileCell("a ${b}", { mode: "html", output: "note" });
    expect(compiled.outputs).toEqual(["note"]);
    expect((await runCell(compiled, { html: tag, b: 1 })).outputs).toEqual({ note: "a 1" });
  });
});

describe("positions are the author's", () => {
  const cases: readonly (readonly [source: string, line: number, column: number])[] = [
    ["boom()", 1, 1],
    ["  boom()", 1, 3],
    ["const a = 1;\n\nboom()", 3, 1],
    ["const a: number = 1 as number; boom()", 1, 32],
    ["import 'x';\nboom()", 2, 1],
    ["interface A {\n  a: string\n}\nboom<A>()", 4, 1],
    ["await null;\r\nboom()", 2, 1],
    ["[1].map(() =>\n  boom())", 2, 3],
    ["`a${boom()}`", 1, 5],
    ["(function* () { yield boom() })().next()", 1, 23],
  ];
  test.each(cases)("%j", async (source, line, column) => {
    const compiled = compileCell(source);
    const boom = () => {
      throw new Error("boom");
    };
    const given: Record<string, unknown> = {
      boom,
      display: (value: unknown) => value,
      $import: async () => ({}),
    };
    const run = async () => evaluate(compiled, 3)(...compiled.inputs.map((name) => given[name]));
    const failure = await run().then(() => null, toFailure);
    expect(failure && locateFailure(compiled, 3, failure)).toMatchObject({ message: "boom", line, column });
  });
});

describe("text that is known without running the cell", () => {
  const cases: readonly (readonly [source: string, label: unknown])[] = [
    ["'hello'", "hello"],
    ['"hello"', "hello"],
    ["`hello`", "hello"],
    ["`hel${'l'}o`", undefined],
    ["`hel${l}o`", undefined],
  ];
  test.each(cases)("%s as a parameter's value", (text, value) => {
    const { parameter } = compileCell(`const who = view(Inputs.text({value: ${text}}))`);
    expect(parameter).toMatchObject({ name: "who", type: "string" });
    expect(parameter?.default).toBe(value);
  });
});
