// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
/** Cells that fail, and what their authors are told; the same in Node and in Chromium. */
import type { CellSpec } from "../kernel/notebook/document/notebook.ts";

/** `¦` marks the place that is told; it is taken out before the cells run. Cells get ids from 1. */
export interface ErrorCase {
  readonly cells: readonly (string | readonly [mode: string, source: string])[];
  readonly says: RegExp;
  readonly remedy?: RegExp;
  /** Lines of the stack, without spaces around them. */
  readonly stack?: readonly string[];
  readonly causes?: readonly RegExp[];
  readonly place?: "kernel";
  /** The failure has no place. */
  readonly nowhere?: true;
  /** Engines and test tools differ in what they tell of the place: in its column, or altogether. */
  readonly vague?: "column" | "place";
}

export interface RunnableCase extends Omit<ErrorCase, "place"> {
  readonly specs: readonly CellSpec[];
  /** The cell that is expected to tell of the failure. */
  readonly cell: number;
  /** `line:column`. */
  readonly place: string;
}

export function runnable(each: ErrorCase): RunnableCase {
  const specs = each.cells.map((cell, index) => {
    const [mode, source] = typeof cell === "string" ? ["ts", cell] : cell;
    const place = each.place ? { place: each.place } : {};
    return { id: index + 1, mode, source: source.replace("¦", ""), ...place };
  });
  const texts = each.cells.map((cell) => (typeof cell === "string" ? cell : cell[1]));
  const marked = texts.findIndex((text) => text.includes("¦"));
  const before = (texts[marked] ?? "").split("¦")[0]?.split(/\r\n?|\n/) ?? [""];
  const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  return { ...each, specs, cell: marked < 0 ? specs.length : marked + 1, place };
}

const fail = 'throw ¦new Error("no")';

export const failures: Readonly<Record<string, ErrorCase>> = {
  "at the top level": { cells: [`const a = 1;\n\t${fail}`], says: /^no$/ },
  "in a nested function": {
    cells: [`function f() {\n  const g = () => {\n    ${fail};\n  };\n  g();\n}\nf()`],
    says: /^no$/,
    stack: ["at g (cell-1.ts:3:11)", "at f (cell-1.ts:5:3)", "at cell-1.ts:7:1"],
  },
  "after an await": {
    cells: [`await 0;\nawait new Promise((go) => setTimeout(go, 1));\n${fail}`],
    says: /^no$/,
  },
  "in an async function that is awaited": {
    cells: [`const f = async () => {\n  await 0;\n  ${fail};\n};\nawait f()`],
    says: /^no$/,
    stack: ["at f (cell-1.ts:3:9)", "at cell-1.ts:5:1"],
  },
  "in a promise callback that is awaited": {
    cells: [`await Promise.resolve(1).then((n) => {\n  ${fail};\n})`],
    says: /^no$/,
  },
  "in one of several promises": {
    cells: [`await Promise.all([1, 2].map(async (n) => {\n  await 0;\n  if (n === 2) ${fail};\n}))`],
    says: /^no$/,
  },
  "in the value of a promise that a cell defines": {
    cells: [`const later = (async () => {\n  await 0;\n  ${fail};\n})()`],
    says: /^no$/,
  },
  "in a later yield": {
    cells: [`const n = (function* () {\n  yield 1;\n  ${fail};\n})()`, "n"],
    says: /^no$/,
  },
  "in a later yield of an async generator": {
    cells: [`const m = (async function* () {\n  yield 1;\n  await 0;\n  ${fail};\n})()`, "m"],
    says: /^no$/,
  },
  "in an array callback": { cells: [`[1, 2].map((n) => {\n  ${fail};\n})`], says: /^no$/ },
  "in a comparison": {
    cells: ["[2, 1].sort((a, b) => ¦a.x.y - b.x.y)".replace("¦a.x.y", "a.x.¦y")],
    says: /^TypeError: /,
  },
  "in a field's initialiser": {
    cells: [`class A {\n  b = (() => { ${fail}; })();\n}\nnew A()`],
    says: /^no$/,
  },
  "in a getter": { cells: [`const a = {\n  get b() { ${fail}; },\n};\na.b`], says: /^no$/ },
  "in a static block": { cells: [`class A {\n  static {\n    ${fail};\n  }\n}`], says: /^no$/ },
  "in a constructor": { cells: [`class A {\n  constructor() {\n    ${fail}; }\n}\nnew A()`], says: /^no$/ },
  "in a default value": { cells: [`const {a = (() => { ${fail}; })()} = {}`], says: /^no$/ },
  "in code made by eval": { cells: ['const f = () => ¦eval("null.x");\nf()'], says: /^TypeError: / },
  "in code made by new Function": {
    cells: ['const f = new Function("return null.x");\n¦f()'],
    says: /^TypeError: /,
  },
  "of an eval that cannot be read": { cells: ['1;\n¦eval("1 +")'], says: /^SyntaxError: / },
  "after types": {
    cells: ["interface A {\n  b: string;\n}\nconst a = null as any as A;\na.¦b"],
    says: /null/,
  },
  "of a name in a property of undefined": {
    cells: ["const a = undefined as any;\n\na.¦b.c"],
    says: /reading 'b'/,
  },
  "of a value that is no function": { cells: ["const a: any = 1;\n\n;  ¦a()"], says: /a is not a function/ },
  "of a constant": { cells: ["const a: number = 1;\n(a as any) ¦= 2;"], says: /constant/, remedy: /let/ },
  "of a name used too early": {
    cells: ["¦a;\nconst a = 1;"],
    says: /before initialization/,
    remedy: /below/,
  },
  "of a missing name": {
    cells: ["const total = 1", "1 +\n  ¦totl"],
    says: /^totl is not defined$/,
    remedy: /did you mean total\?/,
  },
  "of a missing name in a template": {
    cells: [["md", "# a\n\n${¦nothing + 1}"]],
    says: /^nothing is not defined$/,
  },
  "of a missing name after types": {
    cells: ["type nope = 1;\nconst a: nope = 1;\n¦nope"],
    says: /^nope is not defined$/,
  },
  "in Observable's JavaScript": { cells: [["ojs", 'x = {\n  throw ¦new Error("no");\n}']], says: /^no$/ },
  "of a missing name in Observable's JavaScript": {
    cells: [["ojs", "y = 1 +\n  ¦nope"]],
    says: /^nope is not defined$/,
  },
  "in a function of another cell": {
    cells: ["function check(n: number) {\n  throw new RangeError(`${n} is too much`);\n}", "1;\n  ¦check(5)"],
    says: /^RangeError: 5 is too much$/,
    stack: ["at check (cell-1.ts:2:9)", "at cell-2.ts:2:3"],
  },
  "in a ${…} of Markdown": { cells: [["md", "# a\n\nb ${(null as any).¦c}"]], says: /reading 'c'/ },
  "in a ${…} of HTML": {
    cells: [["html", "<p>${1}${(() => {\n  return null.¦c })()}"]],
    says: /reading 'c'/,
  },
  "in a ${…} of SQL": { cells: [["sql", "SELECT 1,\n${null.¦c}"]], says: /reading 'c'/ },
  "after a line separator": {
    cells: ["const a = '\u2028'; const b = `\u2029`;\n ".concat(fail)],
    says: /^no$/,
  },
  "with carriage returns": { cells: [`const a = 1;\r\nconst b = 2;\r\n  ${fail}`], says: /^no$/ },
  "after wide characters": { cells: [`const a = "日本語🙂"; ${fail}`], says: /^no$/ },
  "in a library": {
    cells: ['1;\nPlot.¦plot({x: {type: "nonsense"}, marks: [Plot.dot([1])]})'],
    says: /nonsense/,
    stack: ["in Plot", "at cell-1.ts:2:6"],
  },
  "in a callback of a library": {
    cells: [
      "d3.range(3).concat(d3.map([1], () => {\n  return ¦none.x;\n}))".replace(
        "¦none.x",
        "(undefined as any).¦x",
      ),
    ],
    says: /reading 'x'/,
    stack: ["at cell-1.ts:2:29", "in d3", "at cell-1.ts:1:23"],
  },
  "with a cause": {
    cells: [
      'const load = () => { throw new TypeError("no line"); };\ntry { load(); } catch (cause) {\n  throw ¦new Error("no data", {cause});\n}',
    ],
    says: /^no data$/,
    causes: [/^TypeError: no line$/],
  },
  "with a cause that is no error": {
    cells: ['throw ¦new Error("a", {cause: {code: 7}})'],
    says: /^a$/,
    causes: [/code: 7/],
  },
  "with a cause of a cause that is itself": {
    cells: ['const e = ¦new Error("a"); e.cause = new Error("b", {cause: e}); throw e'],
    says: /^a$/,
    causes: [/^b$/],
  },
  "of several": {
    cells: ['throw ¦new AggregateError([new Error("one"), new TypeError("two")], "both")'],
    says: /^AggregateError: both$/,
    causes: [/^one$/, /^TypeError: two$/],
  },
  "of any": {
    cells: ['await Promise.any([Promise.reject(new Error("one")), Promise.reject("two")])'],
    says: /^AggregateError: /,
    causes: [/^one$/, /"two" was thrown/],
    nowhere: true,
  },
  "of the platform in an expression that is awaited": {
    cells: ["// try\n¦fetch('http://127.0.0.1:1/')"],
    says: /^TypeError: .*fetch/i,
  },
  "that is a text": {
    cells: ['throw "sadly"'],
    says: /^"sadly" was thrown$/,
    remedy: /new Error/,
    nowhere: true,
  },
  "that is null": { cells: ["throw null"], says: /^null was thrown$/, nowhere: true },
  "that is undefined": { cells: ["throw undefined"], says: /^undefined was thrown$/, nowhere: true },
  "that is an object": { cells: ["throw {code: 7}"], says: /code: 7.* was thrown$/, nowhere: true },
  "that is a symbol": { cells: ['throw Symbol("s")'], says: /^Symbol\(s\) was thrown$/, nowhere: true },
  "that is a frozen error": { cells: ["throw Object.freeze(¦new Error('cold'))"], says: /^cold$/ },
  "that is an error without a message": {
    cells: ["throw ¦new RangeError()"],
    says: /^RangeError without a message$/,
  },
  "that is a proxy which throws": {
    cells: ["throw new Proxy(new Error('x'), new Proxy({}, {get() { throw new Error('trap'); }}))"],
    says: /was thrown|cannot be read/,
    nowhere: true,
  },
  "that is an error whose message is a getter which throws": {
    cells: ["throw Object.defineProperty(¦new Error('x'), 'message', {get() { throw 1; }})"],
    says: /^Error, whose message cannot be read$/,
    vague: "place",
  },
  "that is an error whose name and message are no texts": {
    cells: ["throw Object.assign(¦new Error('x'), {name: 7, message: {a: 1}})"],
    says: /cannot be read/,
  },
  "that is an error of hostile stack": {
    cells: ["throw Object.defineProperty(new Error('x'), 'stack', {get() { throw 1; }})"],
    says: /^x$/,
    nowhere: true,
  },
  "that is of 10 MB": {
    cells: ["throw ¦new Error('x'.repeat(10_000_000))"],
    says: /^x{2000}… \(10,000,000 characters in all\)$/,
  },
  "that is a text of 10 MB": {
    cells: ["throw 'x'.repeat(10_000_000)"],
    says: /^"x{900,1000}… .* was thrown$/,
    nowhere: true,
  },
  "with control characters": {
    cells: ["throw ¦new Error('a\\u001b[31mb\\u0007\\u202ec')"],
    says: /^a\\u001b\[31mb\\u0007\\u202ec$/,
  },
  "with lines that look like a stack": {
    cells: ["throw ¦new Error('a\\n    at f (cell-1.ts:9:9)\\n    at cell-1.ts:8:8')"],
    says: /^a\n/,
    stack: ["at cell-1.ts:1:7"],
  },
  "that never ends": {
    cells: ["const f = (n: number): number => ¦f(n + 1) + 1;\nf(1)"],
    says: /^RangeError: Maximum call stack size exceeded$/,
    vague: "column",
    remedy: /return/,
  },
};

/** Text that cannot be read: the place is of the word that is wrong. */
export const unreadable: Readonly<Record<string, ErrorCase>> = {
  "a missing bracket": { cells: ["f(1,\n  2¦"], says: /ends before it is complete/, remedy: /bracket/ },
  "a missing brace": { cells: ["const f = () => {\n  if (a) {\n    b()\n  }¦\n"], says: /ends before/ },
  "a bracket too many": { cells: ["const a = (1 + 2)¦)"], says: /unexpected "\)"/ },
  "a wrong bracket": { cells: ["const a = [1, 2¦}"], says: /unexpected "}"/ },
  "a reserved word as a name": { cells: ["const ¦class = 1"], says: /class/ },
  "an enum": { cells: ["1;\n¦enum A { B }"], says: /enum/, remedy: /as const/ },
  "an export": { cells: ["¦export const a = 1"], says: /export/, remedy: /leave it out/ },
  "a return": {
    cells: ["const a = 1;\n¦return a"],
    says: /'return' outside of function/,
    remedy: /expression/,
  },
  "an await in a function that is not async": {
    cells: ["const f = () => {\n  ¦await a;\n}"],
    says: /await/,
    remedy: /async/,
  },
  "an await in a nested callback": {
    cells: ["list.map((n) => ¦await g(n))"],
    says: /await/,
    remedy: /async/,
  },
  JSX: { cells: ["const a = ¦<p>{b}</p>"], says: /JSX/, remedy: /html`/ },
  "the same name twice": {
    cells: ["let a = 1;\nlet b = 2;\nlet ¦a = 3"],
    says: /'a' has already been declared/,
    remedy: /another name/,
  },
  "another cell's name": {
    cells: ["let a = 1", "if (b) {\n  ¦a = 2;\n}"],
    says: /cannot assign to a/,
    remedy: /Mutable/,
  },
  "a name that is imported": {
    cells: ["import {a} from 'x';\n¦a = 1"],
    says: /imported/,
    remedy: /of your own/,
  },
  "a regular expression": { cells: ["const a = /¦(/"], says: /regular expression/ },
  "a string without end": {
    cells: ["const a = 1;\nconst b = ¦'x;\nc"],
    says: /unterminated string/,
    remedy: /close/,
  },
  "a template without end": { cells: ["const a = `¦abc\n\ndef"], says: /unterminated template/, remedy: /`/ },
  "a comment without end": { cells: ["1 ¦/* abc\n"], says: /unterminated comment/, remedy: /\*\// },
  "an operator at the end": { cells: ["1 +\n  2 *¦\n"], says: /ends before/ },
  "an unknown operator": { cells: ["a ¦# b"], says: /unexpected character '#'/ },
  "a word too many": { cells: ["const a = 1 ¦b"], says: /unexpected "b"/ },
  "types in JavaScript": { cells: [["js", "const a¦: number = 1"]], says: /unexpected ":"/, remedy: /ts/ },
  "a ${…} of Markdown": { cells: [["md", "# a\n\n${b ¦c}"]], says: /unexpected "c"/ },
  "a ${…} of Markdown without end": { cells: [["md", "# a\n\n${b +¦"]], says: /ends before/ },
  "a ${…} of HTML": { cells: [["html", "<p>\r\n${1 ¦2}</p>"]], says: /unexpected "2"/ },
  "a ${…} of SQL": { cells: [["sql", "SELECT ${¦)}"]], says: /unexpected "\)"/ },
};

/** What no run catches: a line in the console of the cell that it came from. */
export const uncaught: Readonly<Record<string, ErrorCase>> = {
  "a promise that nobody awaits": {
    cells: ["1", `const f = async () => {\n  await 0;\n  ${fail};\n};\nvoid f(); 2`],
    says: /^Uncaught Error: no$/m,
  },
  "a timer": { cells: [`setTimeout(() => {\n  ${fail};\n});`], says: /^Uncaught Error: no$/m },
  "a promise's callback": {
    cells: [`void Promise.resolve().then(() => {\n  ${fail};\n}); 1`],
    says: /^Uncaught Error: no$/m,
  },
  "a function of another cell": {
    cells: [`const f = () => { ${fail}; }`, "setTimeout(() => {\n  f();\n});"],
    says: /^Uncaught Error: no\n {4}at f \(cell-1.ts:1:25\)\n {4}at .*cell-2.ts:2:3/m,
  },
  "an error with a cause": {
    cells: [`setTimeout(() => {\n  throw ¦new Error("no", {cause: "why"});\n});`],
    says: /caused by why/,
  },
};

const from = "FROM (SELECT 1 AS price)";

/** Queries that the engine refuses: the place is in the author's text, whatever stands for the parameters. */
export const queries: Readonly<Record<string, ErrorCase>> = {
  "after parameters": {
    cells: [["sql", `SELECT \${1 + 1} AS a, \${"x"},\n  \${[1,\n 2]}, ¦prise ${from}`]],
    says: /column "prise" not found$/,
    remedy: /did you mean "price"/,
  },
  "after wide characters": { cells: [["sql", `SELECT '日本語🙂', \${1}, ¦prise ${from}`]], says: /"prise"/ },
  "with carriage returns": { cells: [["sql", `SELECT \${1},\r\n\r\n  ¦prise\r\n${from}`]], says: /"prise"/ },
  "after an escaped parameter": {
    cells: [["sql", `SELECT '\\\${a}', \${1}, ¦prise ${from}`]],
    says: /"prise"/,
  },
  "that is no SQL": {
    cells: [["sql", "SELECT ${1}\nFORM ¦x y"]],
    says: /syntax error at or near "x"/,
  },
  "of a table that is not there": {
    cells: [["sql", "SELECT ${1} FROM ¦nowhere"]],
    says: /table "nowhere" not found/,
  },
  "of a value that no parameter can hold": {
    cells: [["sql", "SELECT ${1},\n ¦${undefined}"]],
    says: /value 2 of the query is undefined/,
    remedy: /null/,
  },
  "in a tag": {
    cells: [`const rows = await sql\`SELECT \${1},\n ¦prise ${from}\``],
    says: /column "prise" not found$/,
  },
  "in a tag with escapes": {
    cells: [`1;\nawait sql¦\`SELECT '\\u0041',\n prise ${from}\``],
    says: /column "prise" not found \(line 2:2 of the query\)$/,
  },
  "in a tag of another cell": {
    cells: [`const query = (n: number) => sql\`SELECT \${n}, prise ${from}\``, "1;\n  await ¦query(2)"],
    says: /column "prise" not found$/,
    stack: ["at cell-1.ts:1:47", "at query (cell-1.ts:1:33)", "at cell-2.ts:2:9"],
  },
  "of a table by its name": {
    cells: ['1;\nawait ¦table("no.such")'],
    says: /^table "such" not found in database "no"$/,
  },
  "in a tag within a query": {
    cells: [["sql", `SELECT \${[...(await sql\`SELECT ¦prise ${from}\`)].length}`]],
    says: /column "prise" not found$/,
  },
};
