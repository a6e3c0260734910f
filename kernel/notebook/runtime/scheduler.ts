/**
 * @observablehq/runtime's graph of variables, computed by our own scheduler. Different from the stock one:
 * a change is computed in the next microtask, not the next frame (13 ms less per edge, and hidden tabs compute);
 * roots run in their rank's order, not reversed; a run that never settles blocks nobody once it is superseded;
 * a wave can be widened (names computed elsewhere) and cut (cells that run only by hand) before it starts; what
 * depends only on values that came out as they were does not run; an error keeps its origin on its way down. The only file that knows the library's private fields.
 */
import { type Observer, Runtime, type Variable } from "@observablehq/runtime";
import { isFollowable, isThenable } from "./followable.ts";

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
  /** Whether a variable's new value is its old one again. */
  readonly isSame: (variable: Variable, before: unknown, after: unknown) => boolean;
  /** What a variable gets to see of a failed input. */
  readonly rejection: (input: Variable, error: unknown) => unknown;
  /** When to pull a generator's next value: at most once a frame. */
  readonly nextFrame: (callback: () => void) => void;
}

/** What the scheduler knows of a variable besides the library's fields. */
interface State {
  /** Counts the waves that it was in: an older attempt has no say. */
  attempts: number;
  /** When its value last became another one: a count over all variables, so that no two changes are alike. */
  changes: number;
  /** The inputs' counts when its present value was computed; null while it has no value of a run that counts. */
  seen: readonly number[] | null;
  /** Settles when it is known whether the present run goes on. */
  deciding: Promise<unknown> | null;
  hasValue: boolean;
}

export interface Wave {
  readonly variables: ReadonlySet<Variable>;
  /** Those that are computed for their own sake, not only for their inputs'. */
  readonly roots: ReadonlySet<Variable>;
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
  #clock = 0;
  readonly #states = new WeakMap<Variable, State>();
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

  /** Ends the current run of a variable, and takes it out of the graph: its name is free again. */
  remove(variable: Variable): void {
    this.#invalidate(variable, this.#stateOf(variable));
    variable.delete();
  }

  /** Ends the current run of a variable: its invalidation fires, its result is dropped, and it has failed with `error`. */
  fail(variable: Variable, error: unknown): void {
    const state = this.#stateOf(variable);
    state.attempts++;
    this.#invalidate(variable, state);
    this.#busy.delete(variable);
    this.#broke(variable, state, error);
  }

  /** Resolves when the wave that is announced, if any, has begun; null when none is, or none will be any more. */
  announced(): Promise<void> | null {
    return this.#runtime._disposed ? null : this.#runtime._computing;
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
    for (const variable of inOrder(wave.variables, this.#options.rank)) {
      this.#compute(variable, wave.roots.has(variable));
    }
  }

  /**
   * Computes a variable once its inputs are there. One that has a value and is in the wave only for its inputs' sake
   * keeps it, and its run goes on, unless one of them has changed.
   */
  #compute(variable: Variable, forced: boolean): void {
    const state = this.#stateOf(variable);
    const attempt = ++state.attempts;
    const keeps = state.seen !== null && !forced;
    if (!keeps) this.#invalidate(variable, state);
    variable._pending();
    const promise = this.#attempt(variable, state, attempt, keeps);
    variable._promise = promise;
    state.deciding = keeps ? promise : null;
    promise.then(
      (value) => this.#fulfil(variable, state, attempt, value),
      (error: unknown) => this.#reject(variable, state, attempt, error),
    );
  }

  async #attempt(variable: Variable, state: State, attempt: number, keeps: boolean): Promise<unknown> {
    const busy = this.#busy.get(variable);
    if (busy && !keeps) await Promise.race([busy, pause(grace)]);
    const inputs = await this.#inputs(variable, state, attempt);
    if (state.attempts !== attempt) throw superseded;
    if (keeps && !this.#haveChanged(variable, state)) return keep(variable);
    if (keeps) this.#invalidate(variable, state);
    const version = variable._version;
    const seen = variable._inputs.map((input) => this.#stateOf(input).changes);
    const value = await this.#define(variable, inputs);
    checkCurrent(variable, version);
    const result = isGenerator(value) ? await this.#first(variable, version, value) : value;
    checkCurrent(variable, version);
    state.seen = seen;
    this.#take(variable, state, result);
    return result;
  }

  /** Ends the present run, whose value is no longer the variable's. */
  #invalidate(variable: Variable, state: State): void {
    variable._invalidate();
    variable._invalidate = noop;
    variable._version++;
    state.seen = null;
    state.deciding = null;
    this.#followed.delete(variable);
  }

  #haveChanged(variable: Variable, { seen }: State): boolean {
    return variable._inputs.some((input, index) => this.#stateOf(input).changes !== seen?.[index]);
  }

  #stateOf(variable: Variable): State {
    const known = this.#states.get(variable);
    if (known) return known;
    const state: State = { attempts: 0, changes: 0, seen: null, deciding: null, hasValue: false };
    this.#states.set(variable, state);
    return state;
  }

  /** A failed input ends the present run too. */
  #inputs(variable: Variable, state: State, attempt: number): Promise<unknown[]> | unknown[] {
    if (variable._inputs.length === 0) return [];
    return Promise.all(
      variable._inputs.map((input) =>
        input._promise.catch((error: unknown) => {
          if (error === superseded || state.attempts !== attempt) throw superseded;
          this.#invalidate(variable, state);
          throw this.#options.rejection(input, error);
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

  #fulfil(variable: Variable, state: State, attempt: number, value: unknown): void {
    if (state.attempts !== attempt) return;
    state.deciding = null;
    variable._fulfilled(value);
  }

  /** Makes a value the variable's, noting whether it is another one than before. */
  #take(variable: Variable, state: State, value: unknown): void {
    if (!this.#isSame(variable, state, value)) state.changes = ++this.#clock;
    state.hasValue = true;
    variable._value = value;
  }

  #isSame(variable: Variable, state: State, value: unknown): boolean {
    return state.hasValue && this.#options.isSame(variable, variable._value, value);
  }

  #reject(variable: Variable, state: State, attempt: number, error: unknown): void {
    if (error === superseded || state.attempts !== attempt) return;
    this.#drop(variable, state);
    variable._rejected(error);
  }

  #drop(variable: Variable, state: State): void {
    state.deciding = null;
    state.seen = null;
    state.hasValue = false;
    state.changes = ++this.#clock;
    variable._value = undefined;
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
    const state = this.#stateOf(variable);
    try {
      const { done, value: coming } = await generator.next(variable._value);
      const value = done ? undefined : await coming;
      await decided(state);
      if (variable._version !== version) return;
      if (done) this.#followed.delete(variable);
      else this.#yielded(variable, state, value);
      if (!done) this.#pullLater(variable, version, generator);
    } catch (error) {
      await decided(state);
      if (variable._version === version) this.#broke(variable, state, error);
    }
  }

  /** A generator's further value starts a wave, unless it is the last one again. */
  #yielded(variable: Variable, state: State, value: unknown): void {
    const before = state.changes;
    this.#take(variable, state, value);
    if (state.changes === before) return;
    this.#settle(variable, Promise.resolve(value), () => variable._fulfilled(value));
  }

  /** Gives a variable a failure outside a run of it. */
  #broke(variable: Variable, state: State, error: unknown): void {
    const failed = Promise.reject(error);
    failed.catch(noop);
    this.#drop(variable, state);
    this.#settle(variable, failed, () => variable._rejected(error));
  }

  /**
   * Gives a variable a value or failure outside a run of it: what depends on it is computed again.
   * @param tell called when that wave has begun, so that what it changes is announced before it is told.
   */
  #settle(variable: Variable, promise: Promise<unknown>, tell: () => void): void {
    const state = this.#stateOf(variable);
    const { attempts } = state;
    variable._promise = promise;
    this.#changed.add(variable);
    for (const output of variable._outputs) this.#runtime._updates.add(output);
    void this.#runtime._compute().then(() => {
      if (state.attempts === attempts && variable._promise === promise) tell();
    });
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

/** `next` may give anything; what it gives is looked at when it comes. */
function isGenerator(value: unknown): value is Generator {
  return isFollowable(value);
}

/** Made by a generator function, which says itself when it ends. */
function isNative(generator: Generator): boolean {
  return /Generator/.test(Object.prototype.toString.call(generator));
}

function endGenerator(generator: Generator): void {
  try {
    const ended = generator.return();
    if (isThenable(ended)) ended.then(noop, noop);
  } catch {
    // A generator that fails while it is told to end has nobody left to tell.
  }
}

/** The value stays; whoever looks after the variable learns that it was computed from newer inputs. */
function keep(variable: Variable): unknown {
  (variable._observer as Observer).unchanged?.();
  return variable._value;
}

async function decided(state: State): Promise<void> {
  while (state.deciding) await state.deciding.catch(noop);
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
  const own = new Set(roots);
  for (const root of own) add(root);
  const cut = (variable: Variable) => {
    if (!variables.delete(variable)) return;
    for (const output of variable._outputs) {
      if (!output._inputs.some((input) => variables.has(input))) cut(output);
    }
  };
  const addRoot = (root: Variable) => {
    own.add(root);
    add(root);
  };
  return { variables, roots: own, add: addRoot, cut };
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
