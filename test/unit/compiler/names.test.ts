// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { describe, expect, test } from "vitest";
import { compileCell } from "./compile-cell.ts";

type Case = readonly [source: string, inputs: string, outputs: string];

const cases: Readonly<Record<string, readonly Case[]>> = {
  "an expression needs its free names": [
    ["a + b", "a b display", ""],
    ["b + a + b", "b a display", ""],
    ["a.b.c[d]", "a d display", ""],
    ["a?.b?.[c]", "a c display", ""],
    ["{a: 1, b}", "b display", ""],
    ["{[a]: b}", "a b display", ""],
    ["tag`x${a}${`${b}`}`", "tag a b display", ""],
    ["/a[/]b/.test(c)", "c display", ""],
    ["await a", "a display", ""],
    ["typeof a", "a display", ""],
    ["undefined ?? NaN", "display", ""],
  ],
  "an expression that displays by itself is not displayed again": [
    ["display(a)", "display a", ""],
    ["view(Inputs.range())", "view Inputs", ""],
  ],
  "top-level declarations are outputs": [
    ["const a = 1, b = c", "c", "a b"],
    ["let {a, b: {c = d}, ...e} = f, [g, , h = a] = []", "d f", "a c e g h"],
    ["function a() { return b }", "b", "a"],
    ["async function* a() {}", "", "a"],
    ["class A extends B { static c = d }", "B d", "A"],
    ["var a; { var b; let c; const d = 1; function e() {} class F {} }", "", "a"],
    ["for (var i = 0; i < a; i++) { var j }", "a", ""],
    ["const a = a => a, b = () => b", "", "a b"],
    ["label: for (;;) { break label }", "", ""],
    ["import a, {b as c, default as d} from 'x'\nimport * as e from 'y'", "$import", "a c d e"],
    ["const \\u0061b = 1", "", "ab"],
    ["", "", ""],
    ["// nothing", "", ""],
    [";", "", ""],
  ],
  "a name that a function or block declares is not free in it, and free outside": [
    ["(a => a) + a", "a display", ""],
    ["function f(a, b = a + c, {d, e: [g]}) { return d + g + e }", "c e", "f"],
    ["{ let a = 1; a } a", "a", ""],
    ["{ function f() {} f() } f()", "f", ""],
    ["if (x) { var a } a", "x", ""],
    ["switch (x) { case 1: let a; default: a } a", "x a", ""],
    ["try { a } catch ({a}) { a } finally { a }", "a", ""],
    ["try {} catch (e) { var e = 1 } e", "", ""],
    ["for (const a of a) {}", "", ""],
    ["for (let i = 0, n = b; i < n; i++) { i } i", "b i", ""],
    ["for (const k in b) k", "b", ""],
    ["(function f() { f() })", "display", ""],
    ["const g = function f() {}; f", "f", "g"],
    ["(class A { b = A; c() { return A } }) + A", "A display", ""],
    ["function f() { return arguments.length + this.a }", "", "f"],
    ["(() => { return a; var a })()", "display", ""],
    ["((a = b) => { var b })()", "b display", ""],
    ["(() => { a(); function a() {} })()", "display", ""],
    ["class A { #b = c; static { let d = e; var f; d } get [g]() { return this.#b + f } }", "c e g f", "A"],
    ["(async () => { for await (const a of b) a })()", "b display", ""],
    ["({a, b: c} = {}) => a + c + b", "b display", ""],
    ["a => { [a.b, c.d] = [1, 2] }", "c display", ""],
  ],
  "types are neither inputs nor outputs": [
    ["interface A { b: C }\ntype D = typeof e", "", ""],
    ["const a: B<C> = d as E satisfies F", "d", "a"],
    ["function f<T extends U>(this: V, a?: T): a is W { return g<X>(a!) }", "g", "f"],
    ["class A<T> extends B<T> implements C { private d: E = f }", "B f", "A"],
    ["declare const a: number; declare function b(): void; declare class C {}\na + b", "a b", ""],
    ["import type {A} from 'x'\nimport {type B} from 'y'", "$import", ""],
    ["import type A from 'x'", "", ""],
    ["abstract class A { abstract b: C }", "", "A"],
    ["declare enum A { B }\nnamespace C { export interface D {} }\ndeclare global { var e: number }", "", ""],
    ["let a!: B", "", "a"],
    ["a < b, c > d", "a b c d display", ""],
    ["a<b, c>(d)", "a d display", ""],
  ],
  "globals are not inputs": [
    ["new Map([[Math.PI, structuredClone({})]])", "display", ""],
    ["new AbortController(), WebAssembly, GPUBufferUsage.MAP_READ, document", "display", ""],
  ],
  "names that each run has of its own, and names that a cell may define, are inputs": [
    ["console.log(fetch)", "console fetch display", ""],
    ["const t = setInterval(() => clearInterval(t))", "setInterval clearInterval", "t"],
    ["requestAnimationFrame(cancelAnimationFrame)", "requestAnimationFrame cancelAnimationFrame display", ""],
    ["function f(setTimeout) { setTimeout() }", "", "f"],
    ["const setImmediate = 1", "", "setImmediate"],
    ["location, name, Event", "location name Event display", ""],
    ["process.env, Buffer.from('a')", "process Buffer display", ""],
    ["const status = 1, event = 2, name = 3, process = 4", "", "status event name process"],
  ],
  "dynamic imports and import.meta need $import": [
    ["import('x')", "$import display", ""],
    ["import.meta.url", "$import display", ""],
    ["const a = await import(b)", "b $import", "a"],
  ],
};

for (const [title, table] of Object.entries(cases)) {
  describe(title, () => {
    test.each(table)("%s", (source, inputs, outputs) => {
      const compiled = compileCell(source);
      expect(compiled.failure).toBeUndefined();
      expect(compiled.inputs.join(" ")).toBe(inputs);
      expect(compiled.outputs.join(" ")).toBe(outputs);
    });
  });
}

test("a JavaScript cell is read like a TypeScript one", () => {
  for (const source of ["a + b", "const a = b", "a<b, c>(d)"]) {
    expect(compileCell(source, { mode: "js" }).failure).toBeUndefined();
  }
  expect(compileCell("a<b, c>(d)", { mode: "js" }).inputs).toEqual(["a", "b", "c", "d", "display"]);
});
