// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { expect, test } from "vitest";
import { evaluate } from "../../../kernel/notebook/compiler/evaluate.ts";
import { sourceName } from "../../../kernel/notebook/compiler/frames.ts";
import { locateFailure, position } from "../../../kernel/notebook/compiler/positions.ts";
import { toFailure } from "../../../kernel/notebook/errors.ts";
import { compileCell, runCell } from "./compile-cell.ts";

/** Runs a cell that fails, and says where: the first `!` of the text marks the place that is meant. */
async function failureOf(source: string, inputs: Record<string, unknown> = {}, mode = "ts") {
  const compiled = compileCell(source, { mode });
  expect(compiled.failure).toBeUndefined();
  const thrown = await runCell(compiled, inputs).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).not.toBeNull();
  return locateFailure(compiled, 3, toFailure(thrown));
}

const fail = "throw new Error('no')";

test.each([
  ["in an expression", "(() => { throw new Error('no') })()", "1:16"],
  ["in a program", `const a = 1\n  ${fail}`, "2:9"],
  ["after types", `type A = {\n  b: string\n}\nconst c = 1 as number; ${fail}`, "4:30"],
  ["after an await", `await 0\nawait new Promise((done) => setTimeout(done, 1))\n ${fail}`, "3:8"],
  ["in a function", `function f<T>(a: T): T {\n  ${fail}\n}\n\nf(1)`, "2:9"],
  ["in an async function", `const f = async () => {\n  await 0\n  ${fail}\n}\nawait f()`, "3:9"],
  ["in a generator", `function* f() {\n  yield 1\n  ${fail}\n}\n[...f()]`, "3:9"],
  [
    "in an async generator",
    `async function* f() {\n  await 0; ${fail}\n}\nfor await (const a of f()) ;`,
    "2:18",
  ],
  ["in a method", `class A {\n  static #b() {\n    ${fail} }\n  static c = A.#b()\n}`, "3:11"],
  ["in a callback of the platform", `[1].map(() => {\n ${fail} })`, "2:8"],
  ["after a static import", `import {a} from 'x'; ${fail}`, "1:28"],
  ["after a dynamic import", `await import('x'); ${fail}`, "1:26"],
  ["of a name in a property of undefined", "const a = undefined as any\n\na.b", "3:3"],
  ["of a call of no function", "const a: any = 1\n\n;  a()", "3:4"],
])("an error %s has the author's line and column", async (_, source, place) => {
  const $import = async () => ({ a: 1 });
  const failure = await failureOf(source, { $import });
  expect(`${failure.line}:${failure.column}`).toBe(place);
});

test.each([
  ["md", "# a\n\nb ${c.d}", "3:7"],
  ["sql", "select `x` ${c.d} \\n ${1}", "1:16"],
  ["html", "<p>${c as any}${(() => {\n  return c.d })()}", "2:12"],
])("an error in a ${…} of a %s cell has the author's line and column", async (mode, source, place) => {
  const failure = await failureOf(source, { [mode]: () => 1, c: undefined }, mode);
  expect(`${failure.line}:${failure.column}`).toBe(place);
});

test("the stack has the frames in cells only, at the author's places", async () => {
  const failure = await failureOf("function f() {\n  throw new Error('no')\n}\nconst g = () => f()\ng()");
  expect(failure.message).toBe("no");
  expect(failure.stack?.split("\n").map((line) => line.trim())).toEqual([
    "at f (cell-3.ts:2:9)",
    "at g (cell-3.ts:4:17)",
    "at cell-3.ts:5:1",
  ]);
});

test("an error in a function of another cell is told where this cell calls it", async () => {
  const library = compileCell("\nfunction check(a: number) {\n  throw new Error('no')\n}");
  const { check } = await evaluate(library, 2)();
  const failure = await failureOf("// try\n  check(1)", { check });
  expect(`${failure.line}:${failure.column}`).toBe("2:3");
  expect(failure.stack?.split("\n").map((line) => line.trim())).toEqual([
    "at check (cell-2.ts:3:9)",
    "at cell-3.ts:2:3",
  ]);
});

test("an error from outside keeps its message and has no place", async () => {
  const failure = await failureOf("await outside()", {
    outside: () => new Promise((_, no) => setTimeout(() => no(new Error("no")), 1)),
  });
  expect(failure.message).toBe("no");
  expect(failure.stack ?? "").not.toMatch(/node_modules|test\.ts/);
});

test("a text without frames of cells has no position", () => {
  const compiled = compileCell("1");
  const stack =
    "Error: at cell-3.ts:9:9\n    at Object.<anonymous> (/a/cell-3.js:1:2)\n    at node:internal/x:1:1";
  expect(position(compiled, stack, sourceName(3))).toEqual({ stack: "" });
});

test("code that the engine cannot run fails when it is run", async () => {
  const compiled = { ...compileCell("1"), body: "((" };
  await expect(evaluate(compiled, 3)()).rejects.toMatchObject({ failure: { kind: "syntax" } });
});

test("cells are strict code", async () => {
  expect(
    (await runCell(compileCell("const a = (function (this: unknown) { return this })()"))).outputs.a,
  ).toBeUndefined();
});

test("outputs are what the names are when the cell ends", async () => {
  const { outputs } = await runCell(
    compileCell("let a = 1\nconst f = () => a++\nf()\nfunction g() { return a }"),
  );
  expect(outputs).toMatchObject({ a: 2, g: expect.any(Function) });
});

test("an expression's value is awaited and displayed", async () => {
  expect((await runCell(compileCell("Promise.resolve(4) // four"))).displayed).toEqual([4]);
  expect((await runCell(compileCell("{a: 1}"))).displayed).toEqual([{ a: 1 }]);
  expect((await runCell(compileCell("display(1), display(2)"))).displayed).toEqual([1, 2]);
});
