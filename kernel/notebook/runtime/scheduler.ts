/**
 * @observablehq/runtime's graph of variables, computed by our own scheduler. Different from the stock one:
 * a change is computed in the next microtask, not the next frame (13 ms less per edge, and hidden tabs compute);
 * roots run in their rank's order, not reversed; a run that never settles blocks nobody once it is superseded;
 * a wave can be widened (names computed elsewhere) and cut (cells that run only by hand) before it starts; an
 * error keeps its origin on its way down. The only file that knows the library's private fields.
 */
import { type Observer, Runtime, type Variable } from "@observablehq/runtime";

export type { Observer, Variable };

export interface SchedulerOptions {
  /** Value of a name that no variable defines; throws if there is none. */
  readonly global: (name: string) => unknown;
  /**
   * Sees the variables about to be computed and those that changed without being computed (a generator's yield);
   * may add some, or take some out (they keep their value).
   */
  readonly widen: (wave: Wave, changed: ReadonlySet<Variable>) => void;
  /** Lower runs first where dependencies leave a choice. */
  readonly rank: (variable: Variable) => number;
  /** What a variable gets to see of a failed input. */
  readonly rejection: (input: Variable, error: unknown) => unknown;
  /** When to pull a generator's next value: at most once a frame. */
  readonly nextFrame: (callback: () => void) => void;
}

export interface Wave {
  readonly variables: ReadonlySet<Variable>;
  /** Adds a variable and all that depends on it. */
  add(variable: Variable): void;
  /** Takes a variable out; what depends on it stays only if something else in the wave feeds it. */
  cut(variable: Variable): void;
}

/** Thrown inside a run that has been superseded; never seen by anyone. */
const superseded = Symbol("superseded");

/** How long a superseded run that is still busy may delay its successor, in ms: coalesces bursts of changes. */
const grace = 40;

export class Scheduler {
  readonly #runtime: Runtime;
  readonly #module;
  readonly #options: SchedulerOptions;
  readonly #coalesced = new WeakSet<Variable>();
  readonly #busy = new WeakMap<Variable, Promise<void>>();
  /** Variables whose generator is not done, and when it gave its last value. */
  readonly #followed = new Map<Variable, { readonly native: boolean; readonly since: number }>();
  /** Variables that changed outside a run since the last wave: roots of the coming one. */
  readonly #changed = new Set<Variable>();

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#runtime = new Runtime({}, options.global);
    this.#module = this.#runtime.module();
    Object.defineProperty(this.#runtime, "_computeSoon", { value: () => this.#computeSoon() });
  }

  /**
   * A variable that is pending until it is first computed. With `coalesce`, a run that is still busy when it is
   * superseded delays its successor a little, so that a burst of changes does not start a run each.
   */
  variable(observer: Observer, coalesce = false): Variable {
    const variable = this.#module.variable(observer);
    variable._promise = new Promise(noop);
    if (coalesce) this.#coalesced.add(variable);
    return variable;
  }

  /** The variable that has a name, if any does. */
  named(name: string): Variable | undefined {
    return this.#module._scope.get(name);
  }

  /** Computes a variable again in the next wave, with all that depends on it. */
  update(variable: Variable): void {
    this.#runtime._updates.add(variable);
    this.#runtime._compute();
  }

  /** Ends the current run of a variable: its invalidation fires, its result is dropped, and it has failed with `error`. */
  fail(variable: Variable, error: unknown): void {
    variable._invalidate();
    variable._invalidate = noop;
    const version = ++variable._version;
    this.#busy.delete(variable);
    const failed = Promise.reject(error);
    failed.catch(noop);
    this.#settle(variable, failed);
    this.#reject(variable, version, error);
  }

  /** Resolves when the wave that is announced, if any, has begun; null when none is. */
  announced(): Promise<void> | null {
    return this.#runtime._computing;
  }

  /** Forgets a wave that was announced but whose microtask got lost. */
  recover(): void {
    this.#runtime._computing = null;
    if (this.#runtime._updates.size > 0) this.#runtime._compute();
  }

  dispose(): void {
    this.#runtime.dispose();
  }

  async #computeSoon(): Promise<void> {
    await null;
    this.#runtime._computing = null;
    if (!this.#runtime._disposed) this.#computeNow();
  }

  #computeNow(): void {
    const wave = closure(this.#runtime._updates);
    this.#runtime._updates.clear();
    this.#runtime._dirty.clear();
    const changed = new Set(this.#changed);
    this.#changed.clear();
    this.#options.widen(wave, changed);
    for (const variable of inOrder(wave.variables, this.#options.rank)) this.#compute(variable);
  }

  #compute(variable: Variable): void {
    variable._invalidate();
    variable._invalidate = noop;
    variable._pending();
    this.#followed.delete(variable);
    const version = ++variable._version;
    const promise = this.#run(variable, version);
    variable._promise = promise;
    promise.then(
      (value) => this.#fulfil(variable, version, value),
      (error: unknown) => this.#reject(variable, version, error),
    );
  }

  async #run(variable: Variable, version: number): Promise<unknown> {
    const busy = this.#busy.get(variable);
    if (busy) await Promise.race([busy, pause(grace)]);
    const inputs = await this.#inputs(variable);
    checkCurrent(variable, version);
    const value = await this.#define(variable, inputs);
    checkCurrent(variable, version);
    return isGenerator(value) ? this.#first(variable, version, value) : value;
  }

  #inputs(variable: Variable): Promise<unknown[]> | unknown[] {
    if (variable._inputs.length === 0) return [];
    return Promise.all(
      variable._inputs.map((input) =>
        input._promise.catch((error: unknown) => {
          throw error === superseded ? superseded : this.#options.rejection(input, error);
        }),
      ),
    );
  }

  #define(variable: Variable, inputs: unknown[]): unknown {
    const result = variable._definition.apply(variable._value, inputs);
    if (!isThenable(result) || !this.#coalesced.has(variable)) return result;
    const settled = Promise.resolve(result).then(noop, noop);
    this.#busy.set(variable, settled);
    settled.then(() => {
      if (this.#busy.get(variable) === settled) this.#busy.delete(variable);
    });
    return result;
  }

  #fulfil(variable: Variable, version: number, value: unknown): void {
    if (variable._version !== version) return;
    variable._value = value;
    variable._fulfilled(value);
  }

  #reject(variable: Variable, version: number, error: unknown): void {
    if (error === superseded || variable._version !== version) return;
    variable._value = undefined;
    variable._rejected(error);
  }

  /** The generator's first value; later ones each start a wave of their own. */
  async #first(variable: Variable, version: number, generator: Generator): Promise<unknown> {
    const before = variable._invalidate;
    variable._invalidate = () => {
      before.call(variable);
      endGenerator(generator);
    };
    const { done, value } = await generator.next();
    if (variable._version !== version) throw superseded;
    if (!done) this.#pullLater(variable, version, generator);
    return done ? undefined : value;
  }

  /**
   * Whether more is to be expected of generators: a generator function's until it is done, another's (an input, a
   * Mutable) as long as its last value is fresh.
   */
  generating(): boolean {
    const fresh = performance.now() - 300;
    for (const { native, since } of this.#followed.values()) if (native || since > fresh) return true;
    return false;
  }

  #pullLater(variable: Variable, version: number, generator: Generator): void {
    this.#followed.set(variable, { native: isNative(generator), since: performance.now() });
    this.#options.nextFrame(() => {
      if (variable._version === version) void this.#pull(variable, version, generator);
    });
  }

  async #pull(variable: Variable, version: number, generator: Generator): Promise<void> {
    let next: Promise<unknown>;
    try {
      const { done, value } = await generator.next(variable._value);
      if (done && variable._version === version) this.#followed.delete(variable);
      if (done) return;
      next = Promise.resolve(await value);
    } catch (error) {
      next = Promise.reject(error);
      next.catch(noop);
    }
    if (variable._version !== version) return;
    this.#settle(variable, next);
    await next.then(
      (value) => {
        this.#fulfil(variable, version, value);
        this.#pullLater(variable, version, generator);
      },
      (error: unknown) => this.#reject(variable, version, error),
    );
  }

  /** Gives a variable a value or failure outside a run of it: what depends on it is computed again. */
  #settle(variable: Variable, promise: Promise<unknown>): void {
    variable._promise = promise;
    this.#changed.add(variable);
    for (const output of variable._outputs) this.#runtime._updates.add(output);
    this.#runtime._compute();
  }
}

interface Generator {
  next(value?: unknown): Step | PromiseLike<Step>;
  return(value?: unknown): unknown;
}

interface Step {
  readonly done?: boolean;
  readonly value: unknown;
}

function isGenerator(value: unknown): value is Generator {
  const candidate = value as Partial<Generator> | null | undefined;
  return typeof candidate?.next === "function" && typeof candidate.return === "function";
}

/** Made by a generator function, which says itself when it ends. */
function isNative(generator: Generator): boolean {
  return /Generator/.test(Object.prototype.toString.call(generator));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

function endGenerator(generator: Generator): void {
  try {
    const ended = generator.return();
    if (isThenable(ended)) ended.then(noop, noop);
  } catch {
    // A generator that fails while it is told to end has nobody left to tell.
  }
}

function checkCurrent(variable: Variable, version: number): void {
  if (variable._version !== version) throw superseded;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function noop(): void {}

/** The variables and all that depends on them, as a wave. */
function closure(roots: Iterable<Variable>): Wave {
  const variables = new Set<Variable>();
  const add = (root: Variable) => {
    const stack = [root];
    for (let variable = stack.pop(); variable; variable = stack.pop()) {
      if (variables.has(variable)) continue;
      variables.add(variable);
      stack.push(...variable._outputs);
    }
  };
  for (const root of roots) add(root);
  const cut = (variable: Variable) => {
    if (!variables.delete(variable)) return;
    for (const output of variable._outputs) {
      if (!output._inputs.some((input) => variables.has(input))) cut(output);
    }
  };
  return { variables, add, cut };
}

/** Inputs before users; among equals, the lower rank first. A cycle's members are left out: analysis refused them. */
function inOrder(variables: ReadonlySet<Variable>, rank: (variable: Variable) => number): Variable[] {
  for (const variable of variables) variable._indegree = 0;
  for (const variable of variables) for (const output of variable._outputs) output._indegree++;
  const ready = [...variables]
    .filter((variable) => variable._indegree === 0)
    .sort((a, b) => rank(a) - rank(b));
  for (let index = 0; index < ready.length; index++) {
    for (const output of ready[index]?._outputs ?? []) {
      if (--output._indegree === 0 && variables.has(output)) ready.push(output);
    }
  }
  return ready;
}
