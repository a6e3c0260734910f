// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { expect, test } from "vitest";
import { compileCell, runCell, textOf } from "./compile-cell.ts";

/** What is left of a text, with `·` for every blank. */
const left: readonly (readonly [source: string, left: string])[] = [
  ["let a: number = 1", "let·a·········=·1"],
  ["let a!: number", "let·a········;"],
  ["const a = b as C as D", "const·a·=·b·········;"],
  ["f<A>(b!, c as D)", "f···(b·,·c·····)"],
  ["(a) as B", "(a)·····"],
  ["type A = 1\n(b)", ";·········\n(b)"],
  ["a as B\n(c)", "a····;\n(c)"],
  ["function f(this: A, b?: C): D {}", "function·f(·········b····)····{}"],
  ["(a): B => a", "(a)····=>·a"],
  ["(a):\nB => a", "(a··\n)·=>·a"],
  ["(a): {\n} => a", "(a····\n)·=>·a"],
  ["(a, // b )\n): {\n} => a", "(a,·//·b·)\n····\n)·=>·a"],
  ["async <\nT>(a: T) => a", "async·(\n···a···)·=>·a"],
  ["class A<B> extends C<D> implements E, F {}", "class·A····extends·C····················{}"],
  ["class A { private readonly b?: C = 1 }", "class·A·{·;················b·····=·1·}"],
  ["import {type A, b} from 'c'", ";··························"],
];

test.each(left)("%j leaves the rest where it is", (source, expected) => {
  expect(textOf(compileCell(source)).replaceAll(" ", "·")).toBe(expected);
});

/** Programs in which a blanked type could change what the lines around it mean; each gives `a`. */
const traps: readonly (readonly [source: string, a: unknown])[] = [
  ["let n = 1\ntype T = 2\n;[n] = [3]\nconst a = n", 3],
  ["let n = 1\nconst m = n as number\n;[n] = [3]\nconst a = n", 3],
  ["let n = [1], m = n as number[]\n[0]\nconst a = m", [1]],
  ["const f = (x: number) => x\nlet m = f as any\n(2)\nconst a = m === f", true],
  ["const f = () => { return <T,>(x: T): T => x }\nconst a = f()(4)", 4],
  ["const f = () => { return <\n T,\n>(x: T): T => x }\nconst a = f()(4)", 4],
  ["const f = async <\n T,\n>(x: T): Promise<\n T\n> => x\nconst a = await f(4)", 4],
  [
    "class K { x = 1\n private ['y'] = 2\n declare z: number\n ['w'] = 3 }\nconst a = {...new K()}",
    { x: 1, y: 2, w: 3 },
  ],
  ["class K { x = 1 as number\n ['y'] = 2 }\nconst a = {...new K()}", { x: 1, y: 2 }],
  ["class K { x = 1\n private *g() { yield 1 } }\nconst a = [...new K().g()]", [1]],
  ["class K { x?: number\n y!: string }\nconst a = Object.keys(new K())", ["x", "y"]],
  ["class K { readonly = 1; declare = 2; abstract() { return 3 } }\nconst a = new K().abstract()", 3],
  ["const g = (v: unknown) => v ? (v) : x => x\nconst a = g(7)", 7],
  ["const g = (b: boolean) => b ? (x): number => x : null\nconst a = g(true)(5)", 5],
  ["const id = <T,>(x: T) => x\nconst a = id<(number) | 'x'>(6)", 6],
  [
    "const o = { m<T>(this: unknown, x: T): T { return x }, get g(): number { return 1 } }\nconst a = o.m(o.g)",
    1,
  ],
  ["const type = 1, as = 2, satisfies = 3\nconst a = type + as + satisfies", 6],
  ["let type\ntype\n= 4\nconst a = type", 4],
  [
    "function f(x: string): string\nfunction f(x: number): number\nfunction f(x: any) { return x }\nconst a = f(1)",
    1,
  ],
  ["const n: number | undefined = 1\nconst a = n!\n+ 1", 2],
  ["const o: any = {b: {c: 1}}\nconst a = o?.b!.c", 1],
  ["let n: any = 1;\n(n as any) = 2;\n[n as any] = [n + 1]\nconst a = n", 3],
  ["do var n = 1 as number\nwhile (n > 1)\nconst a = n", 1],
  ["let n = 0\nif (n) n = 1 as number\nelse n = 2\nconst a = n", 2],
  ["for (let i: number = 0 as number; i < 2; i++) ;\nconst a = 1", 1],
  ["const f = (a: number): asserts a is 1 => {}\nconst a = f(1)", undefined],
  ["abstract class K { abstract x: number\n abstract m(): void\n static y = 1 }\nconst a = K.y", 1],
  ["const s = `${1 as number}${`${2!}`}`\nconst a = s", "12"],
  ["const a = ((x?: number, ...rest: number[]) => [x, rest.length])(1, 2, 3)", [1, 2]],
  ["try { throw 1 } catch (e: unknown) { var n = e as number }\nconst a = n", 1],
  ["const f = function (this: Date) { return this }\nconst a = f.length", 0],
  ["const a = [1, 2].map<number>((x): number => x * 2)", [2, 4]],
  ["namespace N { export type T = 1 }\nconst a = 1", 1],
  ["let \\u0061!: number\na = 1", 1],
  ["const f = (\\u0062?: number) => b, a = f(1)", 1],
  ["const b = [await 1]; const f = async <T>(...p: T[]): Promise<T[]> => p, a = await f(...b)", [1]],
  ["abstract class A { static b = 1 }\n[A].pop()\nconst a = 1", 1],
  ["const a = (1 as any as {\n b: number\n}) satisfies number\n| string", 1],
];

test("an abstract class is a declaration, whatever comes after", () => {
  const { outputs, autodisplay } = compileCell("abstract class A {}\n[A].pop()");
  expect({ outputs, autodisplay }).toEqual({ outputs: ["A"], autodisplay: undefined });
  expect(compileCell("abstract + 1").autodisplay).toBe(true);
});

test.each(traps)("%j runs", async (source, a) => {
  const compiled = compileCell(source);
  expect(compiled.failure).toBeUndefined();
  expect(textOf(compiled)).toHaveLength(source.length);
  expect((await runCell(compiled)).outputs.a).toEqual(a);
});
