import { transpile } from "@observablehq/notebook-kit";
import { describe, expect, test } from "vitest";
import { toTypeScript } from "../../../kernel/notebook/compiler/observable-convert.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { input } from "../../../kernel/notebook/library/generators.ts";
import { runObservable } from "../../../kernel/notebook/library/observable-cell.ts";
import { single } from "../runtime/places.ts";
import { compileCell, textOf } from "./compile-cell.ts";
import { randomObservableCells } from "./observable-corpus.ts";

/** Notebook Kit is the reference for what a cell needs, gives and shows. */
function theirs(source: string) {
  const { inputs, output, outputs, autodisplay, autoview, automutable, body } = transpile(source, "ojs");
  return { inputs: inputs ?? [], names: namesOf(output, outputs), autodisplay, autoview, automutable, body };
}

/** Names that their runtime defines: the view and its value, the mutable and its value. */
function namesOf(output: string | undefined, outputs: readonly string[] | undefined): string[] {
  if (output === undefined) return (outputs ?? []).map((name) => name.replace("mutable ", "mutable$")).sort();
  const [, kind, name] = /^(?:(viewof|mutable)[$ ])?(.*)$/.exec(output) ?? [];
  return (kind ? [`${kind}$${name}`, name ?? ""] : [output]).sort();
}

const own = new Set(["$ojs", "display", "view", "$import"]);

/** Each run has its own of these, which their parser takes for globals of the platform. */
const perRun = new Set(["console", "fetch", "setTimeout", "requestAnimationFrame"]);

const ours = (source: string) => compileCell(source, { mode: "ojs" });
const inputsOf = (source: string) =>
  ours(source)
    .inputs.filter((name) => !own.has(name) && !perRun.has(name))
    .sort();

const grammar: readonly string[] = [
  "",
  "// nothing",
  "1 + 2",
  "x = 1",
  "x = y",
  "x = (1, y)",
  "x = y;",
  "x = ({a, ...b})",
  "x = await y",
  "x = (await y).z",
  "x = a => a + b",
  "x = async a => await b",
  "x = `a ${b} c`",
  "md`# ${title}`",
  "html`<b>${viewof x}</b>`",
  "viewof x = Inputs.range([0, 1])",
  "viewof x = { const a = html`<input>`; return a }",
  "viewof x = { yield a; yield b }",
  "viewof x",
  "(viewof x).value",
  "viewof x.value + x",
  "viewof /* the view */ x.value",
  "mutable x = 0",
  "mutable x = { return y }",
  "mutable x = await y",
  "mutable x",
  "mutable x++",
  "mutable x += y",
  "{ mutable x = y; [mutable a, mutable b] = [b, a] }",
  "{ for (mutable x of list) {} }",
  "reset = () => { mutable x = 0 }",
  "{ return 1 }",
  "x = { return y }",
  "x = {\n  const z = y;\n  return z + w;\n}",
  "x = { yield 1; yield y }",
  "{ let i = 0; while (true) { yield i++ } }",
  "x = { for await (const a of b) yield a }",
  "x = { await y; yield z }",
  "x = { while (true) { yield Promises.delay(1000) } }",
  "function f(a, b = c) { return a + b + d }",
  "async function f() { await g }",
  "function* f() { yield g }",
  "async function* f() { yield await g }",
  "f = function g() { return g + h }",
  "class A extends B { c = d; static e() { return A } }",
  "A = class { }",
  "x = this",
  "x = this ? this + 1 : y",
  "x = { const { a, b: [c], ...d } = y; return a + c + d + e }",
  "x = { try { y } catch (error) { return error } }",
  "x = { label: for (const a of b) { continue label } }",
  "import('d3')",
  "x = import(y)",
  'FileAttachment("a.csv").csv()',
  "FileAttachment(`a.csv`)",
  'x = FileAttachment("a").json()',
  'DatabaseClient("db").sql`SELECT ${x}`',
  "x = y /* after */ ; // end",
  "/* before */ x /* named */ = /* so */ y",
  "x = location.href + document.title",
  "console.log(x)",
  "x = new Promise(done => { setTimeout(done, y); requestAnimationFrame(z) })",
  "x = y?.z ?? w",
  "x = 1n ** 2n",
  "x = /[/]/.test(y)",
  "x = { a: { b; break a } }",
  "x = { if (y) { let z = 1; return z } return z }",
  "x = [...y].map(([a, b]) => ({ a, b, c }))",
  "viewof viewof1 = y",
  "mutable mutables = y",
  "x = new.target",
  "x = y\n",
];

describe.each([
  ["all forms of cells", grammar],
  ["random cells", randomObservableCells(5, 1500)],
])("%s", (_, sources) => {
  const both = sources.flatMap((source) => {
    try {
      return [{ source, reference: theirs(source) }];
    } catch {
      return [];
    }
  });

  test("that Notebook Kit reads are read, and no others", () => {
    const read = new Set(both.map(({ source }) => source));
    expect(read.size).toBeGreaterThan(new Set(sources).size * 0.7);
    for (const source of sources) expect(ours(source).failure === undefined, source).toBe(read.has(source));
  });

  test("need, give and show what they do in Notebook Kit", () => {
    for (const { source, reference } of both) {
      expect(inputsOf(source), source).toEqual([...reference.inputs].sort());
      const compiled = ours(source);
      expect([...compiled.outputs].sort(), source).toEqual(reference.names);
      expect(compiled.autodisplay ?? false, source).toBe(reference.autodisplay ?? false);
      expect(compiled.inputs.includes("view"), source).toBe(reference.autoview ?? false);
    }
  });

  test("keep every place in the text", () => {
    for (const { source } of both) {
      const text = textOf(ours(source));
      if (source.trim() === "" || text === "") continue;
      expect(text.length, source).toBe(source.length);
      expect(text.split("\n").length, source).toBe(source.split("\n").length);
    }
  });
});

test.each([
  ["x = ", 1, 5, "unexpected end of input"],
  ["x = 1\ny = 2", 2, 1, 'unexpected "y"'],
  ["x = {\n  y = 2\n}", 2, 3, "assignment to constant variable y"],
  ["x = {\n  return arguments\n}", 2, 10, "arguments is not allowed"],
  ["FileAttachment(name)", 1, 1, "FileAttachment requires a single literal string argument"],
  ["undefined = 1", 1, 1, "identifier 'undefined' is reserved"],
  ["display = 1", 1, 1, "display cannot be defined"],
  ['import {x} from "@user/notebook"', 1, 17, 'notebook "@user/notebook" cannot be imported'],
])("%s fails at %i:%i", (source, line, column, message) => {
  const { failure } = ours(source);
  expect(failure).toMatchObject({ line, column });
  expect(failure?.message).toContain(message);
});

test("an import names what the cell would define, so that its users are told", () => {
  const { outputs, inputs, failure } = ours(
    'import {a, b as c, viewof d, mutable e} with {f as g} from "@user/notebook"',
  );
  expect(outputs).toEqual(["a", "c", "d", "viewof$d", "e", "mutable$e"]);
  expect(inputs).toEqual(["f"]);
  expect(failure?.remedy).toContain("download");
});

// ---- What cells give and show when they run -----------------------------------------------------------------------

/** An input element as far as the library looks at it. */
class Slider extends EventTarget {
  readonly type = "text";
  value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  set(value: number): void {
    this.value = value;
    this.dispatchEvent(new Event("input"));
  }
}

function notebook(builtins: Record<string, unknown> = {}) {
  const place = single({ $ojs: runObservable, ...builtins });
  const { host, runtime } = place;
  const begin = host.begin.bind(host);
  host.begin = (run) => {
    const { display } = begin(run);
    return { display, view: (element: unknown) => input(display(element) as Slider) } as ReturnType<
      typeof begin
    >;
  };
  const ojs = (...sources: string[]) =>
    place.run(
      Object.fromEntries(sources.map((source, i) => [i + 1, { id: i + 1, mode: "ojs", source } as CellSpec])),
    );
  const value = (name: string) => (runtime.outcome(name) as { value?: unknown } | undefined)?.value;
  /** Resolves when a name has a value. */
  const until = async (name: string, wanted: unknown) => {
    while (value(name) !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { ...place, ojs, value, until, shown: (cell: number) => host.displayed.get(cell) ?? [] };
}

test("values, functions, classes and promises are shown, and are there for other cells", async () => {
  const { ojs, value, shown } = notebook();
  await ojs(
    "a = 1",
    "b = a + 1",
    "function f(x) { return x + b }",
    "f(1)",
    "p = Promise.resolve(5)",
    "class A {}",
  );
  expect([value("a"), value("b"), value("p")]).toEqual([1, 2, 5]);
  expect(shown(1)).toEqual([1]);
  expect(shown(3)).toEqual([value("f")]);
  expect(shown(4)).toEqual([3]);
  expect(shown(5)).toEqual([5]);
  expect(shown(6)).toEqual([value("A")]);
});

test("a view is an element and its value", async () => {
  const slider = new Slider(3);
  const { ojs, value, until, shown } = notebook({ slider });
  await ojs("viewof x = slider", "y = x * 2", "same = viewof x === slider");
  expect([value("viewof$x"), value("x"), value("y"), value("same")]).toEqual([slider, 3, 6, true]);
  expect(shown(1)).toEqual([slider]);
  slider.set(5);
  await until("y", 10);
});

test("of a generator of views, the latest one's value counts", async () => {
  const [first, second] = [new Slider(1), new Slider(2)];
  const { ojs, until } = notebook({ first, second });
  await ojs("viewof x = { yield first; yield second }", "y = x * 10");
  await until("y", 20);
  second.set(3);
  await until("y", 30);
});

test("a mutable is set by any cell, and only those that use its value follow", async () => {
  const { ojs, value, until, host } = notebook();
  await ojs("mutable n = 1", "twice = n * 2", "add = (k) => { mutable n += k; return mutable n }");
  expect([value("n"), value("twice")]).toEqual([1, 2]);
  const add = value("add") as (k: number) => number;
  expect(add(4)).toBe(5);
  await until("twice", 10);
  expect(host.begun.filter((id) => id === 1 || id === 3)).toEqual([1, 3]);
});

test("a mutable begins anew when what it is made of changes, and whoever sets it sets the new one", async () => {
  const { run, value, until } = notebook();
  const cells = (a: number): Record<number, CellSpec> => ({
    1: { id: 1, mode: "ojs", source: `a = ${a}` },
    2: { id: 2, mode: "ojs", source: "mutable n = a % 10" },
    3: { id: 3, mode: "ojs", source: "set = (k) => { mutable n = k }" },
    4: { id: 4, mode: "ojs", source: "seen = n" },
  });
  await run(cells(1));
  (value("set") as (k: number) => void)(7);
  await until("seen", 7);
  // The value that it begins with is the same as before.
  await run({ 1: cells(11)[1] as CellSpec });
  await until("seen", 1);
  (value("set") as (k: number) => void)(8);
  await until("seen", 8);
});

test("a mutable may follow a generator", async () => {
  const { ojs, until } = notebook();
  await ojs("mutable n = { yield 1; yield 2; yield 3 }", "seen = n * 2");
  await until("seen", 6);
});

test("what a block yields is the cell's value one after another, and shown in one place", async () => {
  const { ojs, until, shown } = notebook();
  await ojs("n = { for (let i = 1; i <= 3; i++) yield i }", "seen = n * 2");
  await until("seen", 6);
  expect(shown(1)).toHaveLength(1);
  const latest = shown(1)[0] as AsyncGenerator<number>;
  expect(await latest.next()).toEqual({ done: false, value: 3 });
  expect((await latest.next()).done).toBe(true);
});

test("a generator is closed when its cell changes, and its failure is the cell's", async () => {
  const closed: string[] = [];
  const { ojs, until, host } = notebook({ closed });
  await ojs("n = { try { yield 1; yield 2 } finally { closed.push('n') } }", "seen = n");
  await until("seen", 2);
  await ojs("n = { yield 1; throw new Error('no more') }", "seen = n");
  while (host.statuses.get(1) !== "failed") await new Promise((resolve) => setTimeout(resolve, 5));
  expect(closed).toEqual(["n"]);
  expect(host.failures.get(1)?.message).toContain("no more");
});

test("this is the value that the cell had before", async () => {
  const { run, value } = notebook();
  const cells = (k: number): Record<number, CellSpec> => ({
    1: { id: 1, mode: "ojs", source: `k = ${k}` },
    2: { id: 2, mode: "ojs", source: "all = [...(this ?? []), k]" },
  });
  await run(cells(1));
  await run({ 1: cells(2)[1] as CellSpec });
  await run({ 1: cells(3)[1] as CellSpec });
  expect(value("all")).toEqual([1, 2, 3]);
});

test("names of cells in both languages meet: viewof x is viewof$x", async () => {
  const slider = new Slider(3);
  const { run, value } = notebook({ slider });
  await run({
    1: { id: 1, mode: "ojs", source: "viewof x = slider" },
    2: "const y = viewof$x.value + x",
    3: { id: 3, mode: "ojs", source: "z = y + 1" },
  });
  expect([value("y"), value("z")]).toEqual([6, 7]);
});

test("two cells that define a name, one by its view, are told of each other", async () => {
  const { ojs, host } = notebook();
  await ojs("viewof x = 1", "x = 2", "ok = 3");
  expect(host.failures.get(2)).toMatchObject({ kind: "duplicate", cells: [1, 2] });
  expect(host.statuses.get(3)).toBe("done");
});

test("an error is at the author's line and column", async () => {
  const { ojs, host } = notebook();
  await ojs("x = {\n  const a = 1;\n  mutable m; return   a.b.c;\n}", "mutable m = 1");
  expect(host.failures.get(1)).toMatchObject({ line: 3, column: 27, kind: "runtime" });
  await ojs("f = () => {\n  yes();\n}", "mutable m = 1", "   f()", "yes = () => null.no");
  expect(host.failures.get(3)?.stack).toContain("cell-1.ts:2:3");
  expect(host.failures.get(3)).toMatchObject({ line: 1, column: 4 });
});

test("a name that nobody defines is told where it is first used, a view's too", async () => {
  const { ojs, host } = notebook();
  await ojs("x = {\n  return yes + 1\n}", "1 + viewof yes");
  expect(host.failures.get(1)).toMatchObject({
    line: 2,
    column: 10,
    message: expect.stringContaining("yes"),
  });
  expect(host.failures.get(2)).toMatchObject({ line: 1, column: 5, message: expect.stringContaining("yes") });
});

test("a view of Inputs is a parameter of the notebook", () => {
  expect(ours("viewof n = Inputs.range([0, 10], {step: 2, value: 4, label: 'N'})").parameter).toMatchObject({
    name: "n",
    input: "range",
    min: 0,
    max: 10,
    step: 2,
    default: 4,
    label: "N",
  });
});

// ---- To TypeScript --------------------------------------------------------------------------------------------------

const convert = (source: string, cell: Partial<CellSpec> = {}, others: readonly string[] = []) =>
  toTypeScript(
    toCell({ id: 1, mode: "ojs", source, ...cell }),
    others.map((text, i) => toCell({ id: i + 2, mode: "ojs", source: text })),
  );

test.each([
  ["1 + x", "1 + x"],
  ["x = y + 1", "const x = display(y + 1);"],
  ["x = (y, 1);", "const x = display((y, 1));"],
  ["// why\nx = y // so", "// why\nconst x = display(y);\n// so"],
  ["viewof x = Inputs.range([0, 1])", "const x = view(Inputs.range([0, 1]));"],
  ["function f(a) { return a + b }", "function f(a) { return a + b }"],
  ["class A extends B {}", "class A extends B {}"],
  ["x = { const a = y; return a }", "const x = display((() => { const a = y; return a })());"],
  ["x = { return await y }", "const x = display(await (async () => { return await y })());"],
  ["{ yield 1; yield x }", "(function* () { yield 1; yield x })()"],
])("%s becomes TypeScript", (source, text) => {
  expect(convert(source)).toBe(text);
});

test("a hidden value stays unseen", () => {
  expect(convert("x = 1", { hidden: true })).toBe("const x = 1;");
});

test.each([
  "mutable x = 1",
  "mutable x",
  "viewof x",
  "x = this",
  "x = { yield 1; yield 2 }",
  "x = now",
  'import {a} from "@b/c"',
  "x = /* why */ 1",
  "x = ",
])("%s stays as it is", (source) => {
  expect(convert(source)).toBeNull();
});

test("a view whose element another cell uses stays as it is", () => {
  expect(convert("viewof x = Inputs.text()", {}, ["x + 1"])).not.toBeNull();
  expect(convert("viewof x = Inputs.text()", {}, ["viewof x"])).toBeNull();
});
