import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import { UserError } from "../../../kernel/notebook/errors.ts";
import { SessionModules } from "../../../kernel/session/modules.ts";
import { makeWorkspace, packages } from "./setup.ts";

let it: ReturnType<typeof makeWorkspace>;
let modules: SessionModules;
beforeAll(() => {
  it = makeWorkspace({
    ...packages,
    "secret.ts": "export const a = 1",
    ".env": "KEY=1",
    ".percolate/secrets": "x",
  });
  const own: Record<string, unknown> = { d3: { max: Math.max } };
  modules = new SessionModules({ root: it.folder, own: (name) => own[name] });
});
afterAll(() => it.remove());

type Exports = Record<string, unknown>;
const load = async (name: string, place: "browser" | "kernel" = "kernel", options = {}): Promise<Exports> => {
  const run = { cell: toCell({ id: 1, place }) };
  return (await modules.importFor(join(it.folder, "notebooks/test.html"), run)(name, options)) as Exports;
};
const failing = async (name: string, place: "browser" | "kernel" = "kernel"): Promise<string> => {
  const failure = await load(name, place).then(
    () => null,
    (error) => (error instanceof UserError ? error.failure : error),
  );
  return `${failure?.message}; ${failure?.remedy}`;
};
const file = (path: string, text: string) => it.write(`notebooks/${path}`, text);

test("a TypeScript module, and those that it imports", async () => {
  file(
    "lib/a.ts",
    'import {b, type B} from "./b.js";\nimport type {C} from "./none.ts";\nexport const a: B = b + 1;\nexport interface D {}',
  );
  file(
    "lib/b.ts",
    "export type B = number;\nexport const b: B = 1;\nexport abstract class E<T> { private x?: T }",
  );
  expect((await load("./lib/a.ts")).a).toBe(2);
  expect((await load("./lib/a")).a).toBe(2);
});

test("one instance for all that import it, until it or what it imports is edited", async () => {
  file("shared.ts", "export const box = {n: 0}");
  file("user.ts", 'export {box} from "./shared.ts"; export const self = {}');
  const [first, user] = [await load("./shared.ts"), await load("./user.ts")];
  expect(user.box).toBe(first.box);
  expect((await load("./user.ts")).self).toBe(user.self);
  file("other.ts", "export const other = {}");
  const other = await load("./other.ts");
  file("shared.ts", "export const box = {n: 1}");
  const again = await load("./user.ts");
  expect(again.box).toEqual({ n: 1 });
  expect(again.self).not.toBe(user.self);
  expect((await load("./other.ts")).other).toBe(other.other);
});

test("modules may import each other", async () => {
  file(
    "even.ts",
    'import {odd} from "./odd.ts"; export const even = (n: number): boolean => n === 0 || odd(n - 1)',
  );
  file(
    "odd.ts",
    'import {even} from "./even.ts"; export const odd = (n: number): boolean => n !== 0 && even(n - 1)',
  );
  expect(((await load("./even.ts")).even as (n: number) => boolean)(10)).toBe(true);
});

test("packages of every make, named exports of CommonJS among them, each once", async () => {
  const esm = await load("npm:esm-only@^1.0");
  const cjs = await load("cjs-only");
  expect([esm.made, cjs.made, cjs.named]).toEqual(["esm", "cjs", 7]);
  const [one, two] = [(esm.count as () => number)(), (cjs.count as () => number)()];
  expect(two).toBe(one + 1);
  expect((await load("esm-only/parts/a")).default).toBe("part a");
  expect((await load("two-ways")).where).toBe("node");
});

test("what Percolate brings is there for cells and modules, without being installed", async () => {
  file(
    "own.ts",
    'import * as d3 from "npm:d3@7";\nimport {max} from "d3";\nexport const three = d3.max(1, 3), same = max === d3.max;',
  );
  expect((await load("d3")).max).toBe(Math.max);
  expect(await load("./own.ts")).toMatchObject({ three: 3, same: true });
});

test("data, text, styles and Node's modules", async () => {
  file("data.json", '{"a": [1]}');
  file("style.css", "p { color: red }");
  file(
    "all.ts",
    'import data from "./data.json" with {type: "json"}; import text from "./data.json?raw"; import "./style.css"; import {sep} from "node:path"; export {data, text, sep};',
  );
  expect(await load("./all.ts")).toMatchObject({ data: { a: [1] }, text: '{"a": [1]}', sep: "/" });
  expect((await load("./data.json", "kernel", { with: { type: "json" } })).default).toEqual({ a: [1] });
  expect((await load("styled/style.css")).default).toContain("rgb(1, 2, 3)");
});

test("dynamic imports and import.meta are the author's", async () => {
  file(
    "dynamic.ts",
    'export const name = "./shared.ts";\nexport const later = (await import(name)).box;\nexport const url = import.meta.url, beside = import.meta.resolve("./x.csv");',
  );
  const { later, url, beside } = await load("./dynamic.ts");
  expect(later).toEqual({ n: 1 });
  expect(url).toBe(`file://${join(it.folder, "notebooks/dynamic.ts")}`);
  expect(beside).toBe(`file://${join(it.folder, "notebooks/x.csv")}`);
});

test("what is wrong in a module is told with file, line and column", async () => {
  file("bad.ts", "export const a = 1;\nexport const b = ;");
  file("imports-bad.ts", 'import {a} from "./bad.ts";');
  expect(await failing("./imports-bad.ts")).toContain('notebooks/bad.ts:2:18: unexpected ";"');
  file("enum.ts", "\nexport enum Color { red }");
  expect(await failing("./enum.ts")).toMatch(
    /notebooks\/enum\.ts:2:\d+: an enum cannot be used here.*as const/,
  );
  file("missing.ts", '\n\n  import {x} from "nowhere-to-be-found";');
  expect(await failing("./missing.ts")).toMatch(
    /notebooks\/missing\.ts:3:3: package .* not installed; .*npm install/,
  );
  file("wrong-name.ts", 'import {boxx} from "./shared.ts";');
  expect(await failing("./wrong-name.ts")).toMatch(
    /wrong-name\.ts:1:1: .*shared\.ts has no export boxx; did you mean box\?/,
  );
  file("throws.ts", "const f = () => {\n  throw new TypeError('no');\n};\nf();");
  expect(await failing("./throws.ts")).toContain("TypeError: no (notebooks/throws.ts:2:9)");
  file("a-type.ts", "export interface T {}\nexport const t = 1");
  file("takes-type.ts", 'import {T} from "./a-type.ts"');
  expect(await failing("./takes-type.ts")).toContain("import type {T}");
  file("common.js", "module.exports = 1");
  expect(await failing("./common.js")).toContain("CommonJS");
});

test("a file outside the workspace, or hidden, is refused", async () => {
  it.link("/etc/passwd", "notebooks/link.json");
  it.link(join(it.folder, ".env"), "notebooks/env.json");
  expect(await failing("../../etc/passwd")).toContain("outside of the workspace");
  expect(await failing("../../../../../../etc/passwd")).toContain("outside of the workspace");
  expect(await failing("./link.json")).toContain("outside of the workspace");
  expect(await failing("./env.json")).toContain("hidden");
  expect(await failing("../.percolate/secrets?raw")).toContain("hidden");
  expect(await failing("../.env?raw")).toContain("hidden");
  expect(await failing("/etc/passwd")).toContain("absolute path");
  expect(await failing("file:///etc/passwd")).toContain("absolute path");
  expect(await failing("../node_modules/../.percolate/secrets?raw")).toContain("hidden");
});

test("what cannot be had says how to get it", async () => {
  expect(await failing("cjs-onyl")).toMatch(/not installed; did you mean "cjs-only"\?/);
  expect(await failing("esm-only/hidden")).toContain('does not export "esm-only/hidden"');
  expect(await failing("node:fs", "browser")).toContain('place="kernel"');
  expect(await failing("fs", "browser")).toContain('place="kernel"');
  expect(await failing("https://example.com/a.js")).toContain("in the page only");
  expect(await failing("./shard.ts")).toContain('did you mean "shared.ts"?');
  expect(await failing("./x.tsx")).toContain("not found");
});

test("a module that is too large is refused; a package's own folders may be hidden", async () => {
  file("huge.ts", `export const a = "${"x".repeat(17 * 2 ** 20)}"`);
  expect(await failing("./huge.ts")).toContain('"notebooks/huge.ts" is too large for a module: 17 MB');
  it.write("node_modules/.store/deep/node_modules/deep/package.json", '{"name": "deep", "main": "x.mjs"}');
  it.write("node_modules/.store/deep/node_modules/deep/x.mjs", "export const deep = 1");
  it.link(join(it.folder, "node_modules/.store/deep/node_modules/deep"), "node_modules/deep");
  expect((await load("deep")).deep).toBe(1);
  it.write(".percolate/node_modules/x.json", "{}");
  expect(await failing("../.percolate/node_modules/x.json")).toContain("hidden");
});

test("a module that was renamed is found again when it is back", async () => {
  file("comes.ts", "export const a = 1");
  expect((await load("./comes.ts")).a).toBe(1);
  rmSync(join(it.folder, "notebooks/comes.ts"));
  expect(await failing("./comes.ts")).toContain("not found");
  file("comes.ts", "export const a = 2");
  expect((await load("./comes.ts")).a).toBe(2);
  expect(existsSync(join(it.folder, ".percolate/modules"))).toBe(false);
});
