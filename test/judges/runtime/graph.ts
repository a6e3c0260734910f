import { type Observer, Scheduler, type Variable } from "../../../kernel/notebook/runtime/scheduler.ts";

type Definition = (...inputs: never[]) => unknown;

/** The library's own interface of modules, as far as its stated behaviours go. */
export interface RawModule {
  define(name: string | null, inputs: readonly string[], definition: unknown): RawVariable;
  variable(observer?: Observer | true, options?: { shadow: Record<string, unknown> }): RawVariable;
  import(name: string, alias: string, module: RawModule): RawVariable;
  derive(injections: readonly { name: string; alias?: string }[], from: RawModule): RawModule;
  builtin(name: string, value: unknown): void;
  redefine(name: string, inputs: readonly string[], definition: Definition): RawVariable;
  value(name: string): Promise<unknown>;
}

export interface RawVariable extends Omit<Variable, "define"> {
  readonly _module: RawModule & {
    readonly _runtime: { module(define?: unknown): RawModule; _variables: Set<RawVariable> };
  };
  define(name: string | null, inputs: readonly string[], definition: unknown): this;
  import(name: string, alias: string, module: RawModule): this;
}

/** `{value}` or `{error}`, or "pending". */
export type Outcome = { readonly value: unknown } | { readonly error: string } | "pending";

/** Variables under our scheduler. Generators go on when a test says so. */
export class Graph {
  readonly scheduler: Scheduler;
  readonly module: RawModule;
  /** What observers were told, in order: `name: value`. */
  readonly log: string[] = [];
  readonly #frames: (() => void)[] = [];
  readonly #globals: (name: string) => unknown;
  readonly #runtime: { module(): RawModule; _variables: Set<RawVariable> };

  constructor(globals: (name: string) => unknown = () => undefined) {
    this.#globals = globals;
    const rank = new Map<Variable, number>();
    this.scheduler = new Scheduler({
      global: (name) => this.#global(name),
      widen: () => {},
      rank: (variable) => rank.get(variable) ?? rank.set(variable, rank.size).size,
      rejection: (_, error) => error,
      isSame: (_, before, after) => Object.is(before, after),
      nextFrame: (callback) => this.#frames.push(callback),
    });
    const first = this.scheduler.variable({}) as unknown as RawVariable;
    this.module = first._module;
    this.#runtime = first._module._runtime;
  }

  #global(name: string): unknown {
    const value = this.#globals(name);
    if (value === undefined) throw new Error(`${name} is not defined`);
    return value;
  }

  /** Another module of the same runtime. */
  another(): RawModule {
    return this.#runtime.module();
  }

  /** A variable that is observed; `definition` may be a value. */
  define(name: string | null, inputs: readonly string[], definition: unknown): RawVariable {
    return this.variable(name ?? "").define(name, inputs, definition);
  }

  variable(label = ""): RawVariable {
    const observer: Observer = {
      fulfilled: (value) => this.log.push(`${label}: ${String(value)}`),
      rejected: (error) => this.log.push(`${label}! ${messageOf(error)}`),
    };
    return this.scheduler.variable(observer, true) as unknown as RawVariable;
  }

  /** What a variable has when all that can be computed now has been. */
  async outcome(variable: Pick<RawVariable, "_promise">): Promise<Outcome> {
    await this.rest();
    return Promise.race([
      variable._promise.then(
        (value): Outcome => ({ value }),
        (error): Outcome => ({ error: messageOf(error) }),
      ),
      tick().then((): Outcome => "pending"),
    ]);
  }

  async outcomes(...variables: RawVariable[]): Promise<Outcome[]> {
    await this.rest();
    return Promise.all(variables.map((variable) => this.outcome(variable)));
  }

  /** Generators that wait for the next frame go on. */
  async frame(): Promise<void> {
    await this.rest();
    for (const callback of this.#frames.splice(0)) callback();
    await this.rest();
  }

  /** Resolves when nothing is left to compute that does not wait for a timer or a frame. */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      if (this.scheduler.announced()) quiet = 0;
      await tick();
    }
  }
}

/** A promise and its two ends. */
export function deferred<T = unknown>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
