import { random } from "./corpus.ts";

/**
 * Random cells over nearly the whole grammar. A rule is a list of texts; `%rule%` in one is replaced by a text of that
 * rule, `%@rule%` by one whose names do not leave it. The first text of a rule ends the recursion. `%new%` is a new
 * name, `%old%` any name, `%own%` one that the cell has declared.
 */
type Grammar = Readonly<Record<string, readonly string[]>>;

const expressions: Grammar = {
  e: [
    "%atom%",
    "%atom%",
    "(%e%)",
    "%unary%",
    "%binary%",
    "%access%",
    "%call%",
    "%list%",
    "%object%",
    "%template%",
    "%function%",
    "%immediate%",
    "(%own% %assign% %e%)",
    "(%e% ? %e% : %e%)",
    "(%e% ? (%e%) : (v) => v)",
    "(%e%, %e%)",
    "(await %p%)",
    "new (class %classname%%class%)()",
    "/* note } ) */ %p%",
    "%p% // note }\n",
  ],
  atom: [
    "1",
    "%old%",
    "%old%",
    "%old%",
    "0x1f",
    "1_000.5e-3",
    "12n",
    '"a\\n\\"b"',
    "'c\\\\'",
    "`d`",
    "null",
    "true",
    "undefined",
    "/a[/`${]+/gi",
    "(typeof this)",
    "NaN",
    "[]",
    "({})",
  ],
  p: ["(%e%)"],
  unary: ["!%p%", "-%p%", "+%p%", "~%p%", "typeof %p%", "void %p%", "delete %p%.a", "(-%p%) ** 2"],
  binary: [
    "%p% + %p%",
    "%p% * %p%",
    "%p% - -%p%",
    "%p% / %p%",
    "%p% < %p%",
    "%p% > %p%",
    "%p% >= %p%",
    "%p% >> %p%",
    "%p% >>> %p%",
    "%p% << 2",
    "%p% == %p%",
    "%p% === %p%",
    "%p% && %p% || %p%",
    "%p% ?? %p%",
    "%p% & %p% | %p% ^ %p%",
    '"a" in Object%p%',
    "%p% instanceof Object",
    "%p%\n  + %p%",
  ],
  access: [
    "%p%?.a",
    "%p%.a",
    "%p%?.[%e%]?.b.c",
    "%p%?.a?.(%e%)",
    "Object%p%[%e%]",
    "%p%\n  ?.a",
    "list.at(-1)",
    "list.length",
  ],
  call: [
    "id(%e%)",
    "id(%e%, ...[%e%])",
    "%old%(%e%)",
    "%old%?.(%e%)",
    "new Map([[%e%, %e%]])",
    "list.map(%function%)",
    "tag`a${%e%}\\b${%e%}`",
    "Promise.resolve(%e%)",
  ],
  list: ["[%e%, ...[%e%], , %e%]", "[%e%]", "[%e%,]"],
  object: [
    "({%property%})",
    "({%property%, %property%, %property%})",
    "({...{z: %e%}, %property%,})",
    "({__proto__: null, %property%})",
  ],
  property: [
    "a: %e%",
    "x",
    '"b c": %e%',
    "7: %e%",
    "[%e%]: %e%",
    "get g() { return %e% }",
    "set s(v) { v }",
    "m(%params%) { %@body% }",
    "async am() { await %e% }",
    "*gm() { yield %e% }",
    "async *agm() { yield* [%e%] }",
    "async: %e%",
    "get: %e%",
    "static() { return super.toString }",
  ],
  template: [
    "`a`",
    "`a${%e%}`",
    "`${%e%}b\\`${%e%}`",
    "`x${`y${%e%}`}z`",
    "`${{a: %e%}.a}`",
    "`line\nline \\${not} $ {${%e%}`",
  ],
  function: [
    "(v) => v",
    "p => %p%",
    "(%params%) => %p%",
    "(%params%) => ({a: %e%})",
    "(%params%) => { %@body% }",
    "async (%params%) => { %@body% }",
    "async p => await %p%",
    "(function (%params%) { %@body% })",
    "[function named(%params%) { return typeof named }]",
    "(async function () { for await (const p of [%e%]) return p })",
    "(function* () { %@body% })",
  ],
  immediate: [
    "(() => %p%)()",
    "(() => { %@body% })()",
    "(function (%params%) { return [arguments.length, new.target, %e%] })(%e%)",
    "[...(function* () { yield %e%; const got = yield* [%e%]; return got })()]",
    "(await (async () => { %@body% })())",
    "((a, {b = %e%, ...c} = {d: a}, [e, ...[f]] = [1, 2]) => [a, b, c, e, f])(%e%)",
    "(await Array.fromAsync((async function* () { yield %e% })()))",
  ],
  params: [
    "",
    "p",
    "p, q = %e%",
    "{a, b: [c] = [], ...d} = {}",
    "...rest",
    "[p, , q] = []",
    "p, // one\n  q\n",
  ],
  assign: ["=", "+=", "**=", "??=", "||=", "&&=", ">>>="],
  classname: ["", " K", " K extends Object", " extends (class { static up = 1 })"],
  class: [" {}", " { %member% }", " {\n  %member%\n  %member%\n  %member%\n}", " { ; %member%; }"],
  member: [
    "a = %e%;",
    "[%p%] = %e%;",
    "#q = %e%\n  h() { return #q in this && this.#q }",
    "static t = %e%;",
    "static { this.u = %e% }",
    "m(%params%) { %@body% }",
    "static async n() { %@body% }",
    "*g() { yield %e% }",
    "get v() { return %e% }",
    "static set v(w) { w }",
    "'quoted'() { return super.constructor }",
    "get = 1; set = 2; static = 3; async = 4",
  ],
};

const statements: Grammar = {
  cell: ["%e%", "%e%", "%s%", "%s%\n%s%", "%s%\n%s%\n%s%\n%s%", "// top\n%s%\n\n/* end */", "\n\n%s%\n"],
  s: [
    "%declare%",
    "%declare%",
    "%declare%",
    "%e%%end%",
    "display(%e%)%end%",
    "display(%e%), %e%%end%",
    "%named%",
    "%flow%",
    "%flow%",
    "{ void 0; %@s% }",
    ";",
    "%own% %assign% %e%%end%",
    "[%own%, list.z] = [%e%, %e%]%end%",
    "({a: %own%, ...list.z} = {a: %e%})%end%",
  ],
  end: [";", "", "", " ;", " // end\n", "; /* end */"],
  declare: [
    "const %new% = %e%%end%",
    "let %new%, %new% = %e%%end%",
    "var %new% = %e%%end%",
    "const {a: %new% = %e%, ['b']: [%new%, , ...%new%] = [], ...%new%} = {}%end%",
    "let [%new%, {%new%, %new% = %e%} = {}, ...[%new%]] = [%e%]%end%",
    "const %new% = await %p%%end%",
    "const %new% = %function%%end%",
    "const %new%=/* gap */%e%%end%",
  ],
  named: [
    "function %new%(%params%) { %@body% }",
    "async function %new%() { %@body% }",
    "function* %new%() { yield %e% }",
    "async function* %new%() { yield await %e% }",
    "class %new%%class%",
    "class %new% extends Object%class%",
  ],
  flow: [
    "if (%e%) { %@s% } else { %@s% }",
    "if (%e%) %e%%end%\nelse %e%%end%",
    "for (let i = 0, n = 2; i < n; i++) { %@s% }",
    "for (let n = 2; n--; ) { if (n) continue; %@s% }",
    "for (const [k, {v = k} = {}] of [[%e%]]) { %@s% }",
    "for (const k in Object%p%) { %@s%\n break }",
    "for (var %new% of [%e%]) { %@s% }",
    "for (%own% of [%e%]);",
    "for (%own% in {a: 1});",
    "for await (const r of [%e%, 1]) { %@s% }",
    "do { %@s% } while (false)",
    "while (true) { %@s%\n break }",
    "outer: for (const i of [1, 2]) { for (;;) { if (i) continue outer\n break outer } }",
    "block: { if (%e%) break block\n%@s% }",
    "switch (x) { case %p%: { let s = 1; s } break; case 3: let t = %e%; t; default: %@s% }",
    "try { %@s%\n } catch { %@s% } finally { %@s% }",
    "try { throw %e%\n } catch ({message: m = %e%}) { display(m) }",
    "try { throw new RangeError(`${%e%}`) } catch (error) { display(error.name) }",
  ],
  body: [
    "return %e%",
    "%@s%\nreturn %e%",
    "%declare%\nreturn %e%",
    "if (%e%) return %e%\nelse return",
    "%@s%",
  ],
};

const types: Grammar = {
  type: [
    "any",
    "string",
    "number | null",
    "unknown[]",
    "Array<Map<string, %type%>>",
    "{ a: %type%; readonly b?: %type%; [key: string]: unknown; m?(): void }",
    "{\n  a: %type%,\n  get(): %type%\n}",
    "(p: %type%, ...q: any[]) => %type%",
    "new (p: %type%) => object",
    "abstract new () => object",
    "[a: %type%, b?: number, ...c: string[]]",
    "keyof typeof Math",
    "typeof list[number]",
    "typeof import('x')",
    "import('x').Y<%type%>",
    "`t${string}`",
    "(%type%) extends infer Q extends string ? Q : never",
    "{ readonly [K in 'a' | 'b' as `x${K}`]?: %type% }",
    "{ -readonly [K in 'a']-?: K }",
    "readonly string[]",
    "'s' | -1 | 2n | true",
    "Record<'k', %type%>['k']",
    "\n  | 'one'\n  | 'two'",
  ],
  generics: ["<T>", "<T extends %type% = any>", "<const T, U>", "<\n  T,\n  U,\n>", "<T extends keyof U, U>"],
  e: [
    "(%e% as %type%)",
    "(%p% satisfies %type%)",
    "(%p% as any as %type%)",
    "%p%!",
    "%p%!.a",
    "%p%![0]!",
    "id<%type%>(%e%)",
    "new Map<string, %type%>()",
    "([%e%] as const)",
    "[id < 1, 2 > (%e%)]",
    "(<T,>(p: T): T => p)(%e%)",
    "(%e% ? (v: any) : any => v : null)",
    "(id<string>)",
    "%p% < %p% as any",
  ],
  function: [
    "%generics%(p: %type%): %type% => %p%",
    "async %generics%(p?: %type%, ...q: %type%[]): Promise<%type%> => { %@body% }",
    "(this_: any, p: %type% = %e%): p is any => true",
    "(function %generics%(this: any, p: %type%): asserts p { %@body% })",
    "(function (this: any): void { %@body% })",
    "(\n  p: %type%,\n): %type% => %p%",
    "({a, b}: { a: %type%; b?: any } = {} as any) => [a, b]",
    "([a, b]: [%type%, any]): any[] => [a, b]",
  ],
  member: [
    "private readonly a: %type% = %e%;",
    "protected b?: %type%;",
    "public static c: %type% = %e%;",
    "declare d: %type%;",
    "e!: %type%;",
    "[key: string]: any;",
    "static [key: string]: any;",
    "f(p: number): void;\n  f(p: string): void;\n  f(p: any) { return p }",
    "m%generics%(this: any, p?: %type%): %type% { %@body% }",
    "private async *h(): AsyncGenerator<%type%> { yield %e% }",
    "get i(): %type% { return %e% }",
    "readonly #k: %type% = %e%;",
    "static readonly l = %e% as const;",
  ],
  classname: [
    " K%generics%",
    "<T> extends Object",
    " K implements Iterable<any>, Q",
    " extends Map<string, %type%>",
  ],
  named: [
    "function %new%%generics%(p: %type%, q?: %type%): %type% { %@body% }",
    "abstract class %new%%generics% { abstract a: %type%; abstract b(): void; protected abstract readonly c: any\n %member% }",
    "class %new%<in out T> extends Map<T, %type%> implements Iterable<any> { %member% }",
  ],
  declare: [
    "const %new%: %type% = %e% as any%end%",
    "let %new%!: %type%%end%",
    "let %new%: %type% | undefined%end%",
    "const {a: %new%, ...%new%}: { a?: %type% } & any = {}%end%",
    "const %new% = %e% as %type%\n",
    "const %new% = %e% satisfies %type%\nvoid 0",
    "const %new% = <T,>(p: T) => p%end%",
  ],
  s: [
    "type T%n%<in out T extends any[] = any> = %type%%end%",
    "interface I%n% extends Array<%type%> { a: %type%\n  (p: number): string; new (p: any): I%n%; readonly [k: string]: any }",
    "declare const d%n%: %type%%end%",
    "declare let e%n%: any, f%n%: %type%;",
    "declare function g%n%(p: %type%): %type%;",
    "declare class D%n% { a: %type%; b(): void }",
    "declare module 'm%n%' { export const a: number }",
    "declare global { interface Window { a: %type% } }",
    "namespace N%n% { export type A = %type%; export interface B {} }",
    "import type {A%n%} from 'a'",
    "import type B%n% from 'b';",
    "type U%n% = %type%\n;(%e%)",
  ],
};

function merged(...grammars: readonly Grammar[]): Grammar {
  const all: Record<string, string[]> = {};
  for (const grammar of grammars)
    for (const [rule, texts] of Object.entries(grammar)) all[rule] = [...(all[rule] ?? []), ...texts];
  return all;
}

const javascript = merged(expressions, statements);
const typescript = merged(expressions, statements, types);

/** Names that cells may use without declaring them. */
const given = ["x", "y", "list", "id"];
/** Names are written in several ways. */
const names = ["v", "v", "v", "$", "_", "été", "名", "\\u0061", "async", "of", "get", "type"];

export function grammarCells(seed: number, count: number, typed: boolean): string[] {
  const next = random(seed);
  return Array.from({ length: count }, () => new Text(next, typed ? typescript : javascript).cell());
}

/** Deeper, and a text ends the recursion. */
const depths = { cell: 5, most: 40 };

class Text {
  readonly #random: () => number;
  readonly #grammar: Grammar;
  #names: string[] = [];
  #count = 0;
  #left = depths.most;

  constructor(next: () => number, grammar: Grammar) {
    this.#random = next;
    this.#grammar = grammar;
  }

  cell(): string {
    return this.#expand("cell", depths.cell + 1);
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  #expand(rule: string, depth: number): string {
    if (rule.startsWith("@")) return this.#apart(rule.slice(1), depth);
    if (rule === "new") return this.#declare();
    if (rule === "old") return this.#pick([...this.#names, ...given]);
    if (rule === "own") return this.#names.length > 0 ? this.#pick(this.#names) : "list.own";
    if (rule === "n") return String(this.#count++);
    const texts = this.#grammar[rule] ?? [];
    const ends = depth <= 0 || --this.#left < 0;
    const text = ends ? (texts[0] ?? "") : this.#pick(texts);
    return text.replaceAll(/%(@?[a-z]+)%/g, (_, inner: string) => this.#expand(inner, depth - 1));
  }

  #declare(): string {
    const name = `${this.#pick(names)}${this.#count++}`;
    this.#names.push(name);
    return name;
  }

  #apart(rule: string, depth: number): string {
    const before = [...this.#names];
    const text = this.#expand(rule, depth);
    this.#names = before;
    return text;
  }
}
