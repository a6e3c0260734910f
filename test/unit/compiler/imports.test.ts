import { expect, test } from "vitest";
import { compileCell, runCell, textOf } from "./compile-cell.ts";

const modules: Readonly<Record<string, object>> = {
  x: { default: 1, a: 2, "b-c": 3 },
  y: { a: 4 },
};
const $import = Object.assign(async (module: string) => modules[module] ?? {}, { meta: { url: "here" } });

test("static imports become outputs", async () => {
  const compiled = compileCell(
    "import a, {a as b, 'b-c' as c} from 'x'\nimport d, * as e from \"x\"\nimport 'y'",
  );
  expect(compiled.imports).toEqual(["x", "y"]);
  expect((await runCell(compiled, { $import })).outputs).toEqual({ a: 1, b: 2, c: 3, d: 1, e: modules.x });
});

test("imports come first wherever they stand, and leave the text in its place", async () => {
  const source =
    "const f = () => a\nconst c = f(); import {a} from 'y'; const d = a\nimport {\n  a as b,\n} from 'x'";
  const compiled = compileCell(source);
  expect(textOf(compiled)).toHaveLength(source.length);
  expect(textOf(compiled).indexOf("const d")).toBe(source.indexOf("const d"));
  expect((await runCell(compiled, { $import })).outputs).toMatchObject({ c: 4, d: 4, a: 4, b: 2 });
});

test("$import is told the names that are taken, the attributes and the place", async () => {
  const calls: unknown[][] = [];
  const record = async (...call: unknown[]) => {
    calls.push(call);
    return modules.y;
  };
  await runCell(compileCell("1;\n  import {a} from 'y' with {type: 'json'}\nawait import('z')"), {
    $import: record,
  });
  expect(calls).toEqual([["y", { names: ["a"], line: 2, column: 3, with: { type: "json" } }], ["z"]]);
});

test("an export that a module does not have is refused where it is imported", async () => {
  const run = runCell(compileCell("const z = 1\nimport {aa} from 'y'"), { $import });
  await expect(run).rejects.toMatchObject({
    failure: {
      kind: "input",
      message: 'module "y" has no export aa',
      remedy: "did you mean a?",
      line: 2,
      column: 1,
    },
  });
});

test("dynamic imports and import.meta keep their columns", async () => {
  const source = "const a = [(await import('y')).a, import.meta.url, (await import(/* c */ `y`)).a]";
  const compiled = compileCell(source);
  expect(textOf(compiled)).toHaveLength(source.length);
  expect(compiled.imports).toEqual([]);
  expect((await runCell(compiled, { $import })).outputs.a).toEqual([4, "here", 4]);
});

test("import works in an expression and beside a name like ours", async () => {
  const { displayed } = await runCell(compileCell("[(await import('y')).a, $imprt]"), { $import, $imprt: 7 });
  expect(displayed).toEqual([[4, 7]]);
});
