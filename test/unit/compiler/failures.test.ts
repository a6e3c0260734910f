// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { describe, expect, test } from "vitest";
import { compileCell } from "./compile-cell.ts";

type Case = readonly [source: string, place: string, message: RegExp, remedy?: RegExp];

const cases: Readonly<Record<string, readonly Case[]>> = {
  "text that is no code": [
    ["1 +", "1:4", /ends before it is complete/, /close the bracket/],
    ["f(1,\n  2", "2:4", /ends before it is complete/, /close the bracket/],
    ["{a: 1, b 2}", "1:10", /unexpected "2"/],
    ["const a = 1;\nconst b = }", "2:11", /unexpected "}"/],
    ["const a = 1, b = 'x", "1:18", /unterminated string/, /close the string/],
    ["`abc", "1:2", /unterminated template/, /close the template/],
    ["1 /* abc", "1:3", /unterminated comment/, /\*\//],
    ["/abc", "1:2", /unterminated regular expression/],
    ["let a = 1\nlet a = 2", "2:5", /'a' has already been declared/, /another name/],
    ["a\r\n  b c", "2:5", /unexpected "c"/],
    ["const ünï = 1; 😀", "1:16", /unexpected character '😀'/],
    ["const f = () => { await a }", "1:19", /await/, /async in front/],
    ["with (a) b", "1:1", /'with' in strict mode/, /object\.property/],
    ["break", "1:1", /break/],
  ],
  "what belongs in a module or a function": [
    ["return 1", "1:1", /'return' outside of function/, /a cell is not a function/],
    ["const a = 1\nyield a", "2:1", /yield/, /function\*/],
    ["export const a = 1", "1:1", /export/, /leave it out/],
    ["export {a}", "1:9", /export 'a' is not defined/, /leave out export/],
    ["const a = 1\n export default a", "2:2", /export/, /leave it out/],
    ["export type A = 1", "1:1", /export/, /leave it out/],
    ["arguments.length", "1:1", /arguments/, /name the values/],
    ["new.target", "1:1", /new\.target/, /inside/],
    ["super.a", "1:1", /super/, /inside/],
  ],
  "names of others": [
    ["a = 1", "1:1", /cannot assign to a: this cell does not define it/, /let a/],
    ["const b = 1\n;[c.d, ...a] = b", "2:11", /cannot assign to a/, /Mutable/],
    ["a++", "1:1", /cannot assign to a/],
    ["for (a of b) ;", "1:6", /cannot assign to a/],
    ["() => { ({x: a = 1} = {}) }", "1:14", /cannot assign to a/],
    ["Math = 1", "1:1", /global Math/],
    ["const Map = 1", "1:7", /global Map cannot be redefined/, /another name/],
    ["function performance() {}", "1:10", /global performance/],
    ["const display = 1", "1:7", /display cannot be defined/],
    ["import fetch from 'x'", "1:8", /fetch cannot be defined/],
    [
      "import {setTimeout} from 'node:timers/promises'",
      "1:9",
      /setTimeout cannot be defined/,
      /another name/,
    ],
    ["setInterval = 1", "1:1", /cannot assign to the global setInterval/, /another name/],
    ["import {a} from 'x'\na = 1", "2:1", /cannot assign to a: it is imported/, /of your own/],
  ],
  "TypeScript that is more than types": [
    ["enum A { B }", "1:1", /enum/, /as const/],
    ["const enum A { B }", "1:1", /enum/, /as const/],
    ["namespace A { export const b = 1 }", "1:1", /namespace/, /object/],
    ["class A { constructor(private b: number) {} }", "1:23", /parameter property/, /this\.name/],
    ["import a = require('b')", "1:1", /import =/, /import \* as/],
    ["const a = <B>c", "1:11", /angle brackets/, /as Type/],
    ["const a = 1\n@b class C {}", "2:1", /decorators/],
    ["class A { accessor b = 1 }", "1:11", /accessor/, /get and a set/],
    ["export = a", "1:1", /export =/],
    ["using a = b", "1:1", /using/, /finally/],
  ],
  "what is written elsewhere": [
    ["const a = <p>{b}</p>", "1:11", /JSX/, /html`/],
    ["<A b={1} />", "1:1", /JSX/, /html`/],
    ["viewof a = Inputs.range()", "1:8", /unexpected "a"/, /const name = view/],
    ["mutable a = 1", "1:9", /unexpected "a"/, /Mutable/],
    ["a <!--b", "1:3", /comment/, /space after </],
  ],
};

for (const [title, table] of Object.entries(cases)) {
  describe(title, () => {
    for (const [source, place, message, remedy] of table) {
      test(`${JSON.stringify(source)} is refused at its place`, () => {
        const { failure } = compileCell(source);
        expect(failure?.kind).toBe("syntax");
        expect(failure?.message).toMatch(message);
        expect(failure?.message).not.toMatch(/\(\d+:\d+\)/);
        expect(`${failure?.line}:${failure?.column}`).toBe(place);
        if (remedy) expect(failure?.remedy).toMatch(remedy);
      });
    }
  });
}

test("types in a JavaScript cell are refused with the way out", () => {
  const { failure } = compileCell("const a: number = 1", { mode: "js" });
  expect(failure).toMatchObject({
    kind: "syntax",
    line: 1,
    column: 8,
    remedy: expect.stringContaining("mode to ts"),
  });
});

test("a cell of a mode that we do not run says which", () => {
  const { failure, inputs, outputs } = compileCell("print(1)", { mode: "text/x-python" });
  expect(failure?.kind).toBe("input");
  expect(failure?.message).toContain('"text/x-python"');
  expect(failure?.remedy).toContain("ts, js, sql");
  expect([inputs, outputs]).toEqual([[], []]);
});

test("a cell that can be read but not run still says what it defines, so that its users know whom to wait for", () => {
  const compiled = compileCell("const b = 1; a = c");
  expect(compiled.failure?.kind).toBe("syntax");
  expect(compiled.outputs).toEqual(["b"]);
  expect(compiled.inputs).toEqual(["a", "c"]);
});

test("a cell nested too deeply is a failure, not a crash", () => {
  for (const deep of ["(".repeat(20_000) + ")".repeat(20_000), `a${"+a".repeat(50_000)}`]) {
    const { failure } = compileCell(deep);
    if (failure) expect(failure.kind).toBe("syntax");
  }
});

test("no text makes the compiler throw", () => {
  const pieces = [
    "a",
    " ",
    "(",
    ")",
    "{",
    "}",
    "`",
    "${",
    "<",
    ">",
    ":",
    ";",
    "\n",
    "class",
    "=>",
    "=",
    "type",
    "as",
    "/",
    "'",
    "import",
    "async",
    "#",
    "\\",
    "😀",
    "\u2028",
  ];
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < 1000; i++) {
    const source = Array.from(
      { length: 1 + Math.floor(next() * 12) },
      () => pieces[Math.floor(next() * pieces.length)],
    ).join("");
    for (const mode of ["ts", "js", "md", "sql"]) expect(compileCell(source, { mode })).toBeDefined();
  }
});
