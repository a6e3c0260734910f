/** Seeded random cells: programs and expressions, with or without types, that end and touch nothing outside. */
export function randomCells(seed: number, count: number, typed: boolean): string[] {
  const writer = new Writer(seed, typed);
  return Array.from({ length: count }, () => writer.cell());
}

/** Numbers in [0, 1) that depend on the seed alone. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

class Writer {
  readonly #random: () => number;
  readonly #typed: boolean;
  #names: string[] = [];
  #count = 0;

  constructor(seed: number, typed: boolean) {
    this.#random = random(seed);
    this.#typed = typed;
  }

  cell(): string {
    this.#names = [];
    this.#count = 0;
    if (this.#chance(0.35)) return this.#expression(3);
    const statements = Array.from({ length: 1 + this.#below(5) }, () => this.#statement(2));
    return statements.join(this.#chance(0.1) ? "\n// note\n" : "\n");
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  #chance(p: number): boolean {
    return this.#random() < p;
  }

  #pick<T>(...options: readonly (() => T)[]): T {
    return (options[this.#below(options.length)] as () => T)();
  }

  #fresh(): string {
    const name = `v${this.#count++}`;
    this.#names.push(name);
    return name;
  }

  #name(): string {
    const names = [...this.#names, "x", "y", "list", "id", "undefined", "Math"];
    return names[this.#below(names.length)] ?? "x";
  }

  /** Text of a type annotation, or nothing in JavaScript. */
  #type(): string {
    return this.#typed && this.#chance(0.6) ? `: ${this.#typeText(2)}` : "";
  }

  #typeText(depth: number): string {
    if (depth <= 0)
      return this.#pick(
        () => "number",
        () => "string",
        () => "any",
        () => "unknown",
      );
    const inner = () => this.#typeText(depth - 1);
    return this.#pick(
      inner,
      () => `${inner()}[]`,
      () => `Map<string, ${inner()}>`,
      () => `{ a: ${inner()}; b?: ${inner()} }`,
      () => `{\n  a: ${inner()}\n  }`,
      () => `((p: ${inner()}) => ${inner()})`,
      () => `[${inner()}, ${inner()}?]`,
      () => `(${inner()}) | "s" | 1`,
      () => `keyof typeof Math`,
      () => `Array<Array<${inner()}>>`,
      () => `(${inner()} extends infer Q ? Q : never)`,
      () => `\`t\${string}\``,
    );
  }

  #generics(): string {
    if (!this.#typed || this.#chance(0.7)) return "";
    return this.#pick(
      () => "<T>",
      () => "<T extends string, U = T>",
      () => "<\n  T,\n>",
    );
  }

  #end(): string {
    return this.#pick(
      () => ";",
      () => "",
      () => " ;",
      () => " // end",
    );
  }

  // ---- Expressions ----------------------------------------------------------------------------------------

  #expression(depth: number): string {
    if (depth <= 0) return this.#atom();
    const inner = () => this.#expression(depth - 1);
    const plain: (() => string)[] = [
      () => this.#atom(),
      () => `(${inner()} ${this.#operator()} ${inner()})`,
      () => `${this.#operand(depth)} ${this.#operator()} ${this.#operand(depth)}`,
      () => `[${inner()}, ...[${inner()}]]`,
      () => `({${this.#property(depth)}, ${this.#property(depth)}})`,
      () => `(${inner()} ? (${inner()}) : ${inner()})`,
      () => `(${inner()} ? (v) : v => v)`,
      () => `typeof ${this.#operand(depth)}`,
      () => `id(${inner()}, (${inner()}))`,
      () => `list.map(${this.#arrow(depth)})`,
      () => `(${this.#arrow(depth)})(${inner()})`,
      () => `(${this.#functionExpression(depth)})(${inner()})`,
      () => `new (${this.#classExpression(depth)})()`,
      () => `\`a\${${inner()}}b\${${inner()}}\``,
      () => `(${inner()}, ${inner()})`,
      () => `(await ${this.#operand(depth)})`,
      () => `list?.[${inner()}]?.a`,
      () => `${this.#operand(depth)}\n  .toString()`,
      () => "/[/`]/g.test(x)",
      () => `((p, {a = ${inner()}, ...r} = {b: p}) => [p, a, r])(${inner()})`,
    ];
    return this.#pick(...plain, ...(this.#typed ? this.#typedExpressions(depth) : []));
  }

  #typedExpressions(depth: number): (() => string)[] {
    const inner = () => this.#expression(depth - 1);
    const type = () => this.#typeText(1);
    return [
      () => `(${inner()} as ${type()})`,
      () => `(${this.#operand(depth)} satisfies ${type()})`,
      () => `(${this.#operand(depth)})!`,
      () => `id<${type()}>(${inner()})`,
      () => `new Map<string, ${type()}>([["k", ${inner()}]])`,
      () => `([${inner()}] as const)`,
      () => `(${inner()} as any as ${type()})`,
      () => `[id < 1, 2 > (${inner()})]`,
      () => `[(${inner()}) < 1 && 2 > (${inner()})]`,
    ];
  }

  #atom(): string {
    return this.#pick(
      () => String(this.#below(9)),
      () => '"s\\n"',
      () => this.#name(),
      () => this.#name(),
      () => "null",
      () => "[]",
      () => "true",
      () => "1.5e3",
    );
  }

  #operand(depth: number): string {
    return `(${this.#expression(depth - 1)})`;
  }

  #operator(): string {
    return this.#pick(
      () => "+",
      () => "*",
      () => "<",
      () => ">",
      () => "&&",
      () => "===",
      () => ",",
      () => "|",
      () => ">>",
    );
  }

  #property(depth: number): string {
    const value = () => this.#expression(depth - 1);
    return this.#pick(
      () => `a: ${value()}`,
      () => "x",
      () => `["k" + ${value()}]: ${value()}`,
      () => `m${this.#generics()}(p${this.#type()})${this.#type()} { return [p, ${value()}] }`,
      () => `get g()${this.#type()} { return ${value()} }`,
      () => `...{ z: ${value()} }`,
      () => `async *s() { yield ${value()} }`,
    );
  }

  #parameters(depth: number): string {
    const value = () => this.#expression(depth - 1);
    return this.#pick(
      () => `p${this.#type()}`,
      () => `p${this.#typed ? "?" : ""}${this.#type()}, q${this.#type()} = ${value()}`,
      () => `{a, b: [c] = []}${this.#type()} = {}`,
      () => `...rest${this.#typed ? ": any[]" : ""}`,
      () => `p${this.#type()}, // first\n  q${this.#type()},\n`,
    );
  }

  #arrow(depth: number): string {
    const value = () => this.#expression(depth - 1);
    const head = `${this.#generics()}(${this.#parameters(depth)})${this.#type()} =>`;
    return this.#pick(
      () => `${head} (${value()})`,
      () => `${head} { ${this.#body(depth)} }`,
      () =>
        `async ${this.#generics()}(p${this.#type()})${this.#type()} => { try { return ${value()} } catch { return 1 } }`,
      () => `p => [p, ${value()}]`,
    );
  }

  #functionExpression(depth: number): string {
    const self = this.#typed && this.#chance(0.3) ? "this: any, " : "";
    return `function ${this.#pick(
      () => "",
      () => "f",
    )}${this.#generics()}(${self}${this.#parameters(depth)})${this.#type()} { ${this.#body(depth)} }`;
  }

  #classExpression(depth: number): string {
    return `class ${this.#pick(
      () => "",
      () => "K",
    )}${this.#generics()}${this.#classTail(depth)}`;
  }

  #classTail(depth: number): string {
    const heritage = this.#pick(
      () => "",
      () => " extends Object",
    );
    const implemented = this.#typed && this.#chance(0.3) ? " implements Iterable<number>, Q" : "";
    const members = Array.from({ length: this.#below(4) }, (_, index) => this.#member(depth, index));
    return `${heritage}${implemented} {\n${members.join("\n")}\n}`;
  }

  #member(depth: number, index: number): string {
    const value = () => this.#expression(depth - 1);
    const modifier = this.#typed
      ? this.#pick(
          () => "",
          () => "private ",
          () => "readonly ",
          () => "public readonly ",
        )
      : "";
    const plain: (() => string)[] = [
      () => `${modifier}f${index}${this.#type()} = ${value()}`,
      () => `${modifier}["c" + ${index}]${this.#type()} = ${value()};`,
      () => `#p${index}${this.#type()} = ${value()}\nget h${index}() { return this.#p${index} }`,
      () => `static s${index}${this.#type()} = ${value()}`,
      () => `static { this.b${index} = ${value()} }`,
      () =>
        `m${index}${this.#generics()}(${this.#parameters(depth)})${this.#type()} { ${this.#body(depth)} }`,
      () => `async *g${index}() { yield* [${value()}] }`,
    ];
    const typed: (() => string)[] = [
      () => `declare d${index}: ${this.#typeText(1)}`,
      () => `[key: string]: ${this.#typeText(1)}`,
      () => `o${index}(p: number): void\no${index}(p: any) { return p }`,
      () => `w${index}!: ${this.#typeText(1)}`,
      () => `e${index}?: ${this.#typeText(1)}`,
    ];
    return this.#pick(...plain, ...(this.#typed ? typed : []));
  }

  // ---- Statements -----------------------------------------------------------------------------------------

  /** Statements of a function: its names do not leave it. */
  #body(depth: number): string {
    const names = this.#names;
    this.#names = [...names];
    const statements = depth > 0 && this.#chance(0.4) ? `${this.#statement(depth - 1)}\n` : "";
    const text = `${statements}return ${this.#expression(Math.max(0, depth - 1))}`;
    this.#names = names;
    return text;
  }

  #block(depth: number): string {
    const names = this.#names;
    this.#names = [...names];
    const text = depth > 0 ? `{ ${this.#statement(depth - 1)}\n}` : "{}";
    this.#names = names;
    return text;
  }

  #statement(depth: number): string {
    const value = () => this.#expression(depth);
    const plain: (() => string)[] = [
      () => this.#declaration(depth),
      () => this.#declaration(depth),
      () =>
        `function ${this.#fresh()}${this.#generics()}(${this.#parameters(depth)})${this.#type()} { ${this.#body(depth)} }`,
      () => `async function ${this.#fresh()}() { await ${value()} }`,
      () => `class ${this.#fresh()}${this.#generics()}${this.#classTail(depth)}`,
      () => `if (${value()}) ${this.#block(depth)} else ${this.#block(depth)}`,
      () => `for (let i = 0; i < 2; i++) ${this.#block(depth)}`,
      () => `for (const [k, v = k] of [[${value()}]]) ${this.#block(depth)}`,
      () => `for (var ${this.#fresh()} in {a: 1}) ${this.#block(depth)}`,
      () =>
        `try { ${value()}${this.#end()}\n } catch (e${this.#typed ? ": unknown" : ""}) { e } finally ${this.#block(depth)}`,
      () => `outer: for (const i of [1, 2]) { if (i) break outer\n continue outer }`,
      () => `switch (x) { case ${value()}: { let s = 1; s } break; default: y }`,
      () => `;[${value()}].length${this.#end()}`,
      () => `void ${this.#operand(depth)}${this.#end()}`,
    ];
    return this.#pick(...plain, ...(this.#typed ? this.#typedStatements(depth) : []));
  }

  #typedStatements(depth: number): (() => string)[] {
    const type = () => this.#typeText(2);
    return [
      () => `type T${this.#count++} = ${type()}${this.#end()}`,
      () => `interface I${this.#count++} extends Array<number> {\n  a: ${type()}\n  b(): void\n}`,
      () => `declare const d${this.#count++}: ${type()}${this.#end()}`,
      () => `declare function g${this.#count++}(a: number): void;`,
      () => `let ${this.#fresh()}!: ${type()}${this.#end()}`,
      () => `type U${this.#count++} = ${type()}\n;(${this.#expression(depth)})`,
      () => `const ${this.#fresh()} = ${this.#operand(depth)} as ${type()}\nvoid 0`,
      () => `abstract class ${this.#fresh()} { abstract a: number\n abstract b(): void\n protected c = 1 }`,
    ];
  }

  #declaration(depth: number): string {
    const kind = this.#pick(
      () => "const",
      () => "let",
      () => "var",
    );
    const value = this.#expression(depth);
    return this.#pick(
      () => `${kind} ${this.#fresh()}${this.#type()} = ${value}${this.#end()}`,
      () => `${kind} {a: ${this.#fresh()} = ${value}, ...${this.#fresh()}} = {}${this.#end()}`,
      () =>
        `${kind} [${this.#fresh()}, , ${this.#fresh()} = 1]${this.#typed ? ": any" : ""} = [${value}]${this.#end()}`,
      () => `${kind} ${this.#fresh()} = 1, ${this.#fresh()}${this.#type()} = ${value}${this.#end()}`,
    );
  }
}
