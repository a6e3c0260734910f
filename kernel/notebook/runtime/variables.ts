/**
 * The library's variables, and what we know of them besides. With wave.ts, following.ts and scheduler.ts the only
 * code that knows the library's private fields.
 */
import { type Observer, Runtime, type Variable } from "@observablehq/runtime";

export type { Observer, Variable };

/** What the scheduler knows of a variable besides the library's fields. */
export class State {
  /** Counts the waves that it was in: an older attempt has no say. */
  attempt = 0;
  phase: "pending" | "value" | "failed" = "pending";
  value: unknown = undefined;
  error: unknown = undefined;
  /** Whether there is a value to compare the next one with. */
  hasValue = false;
  /** When its value last became another one: a count over all variables, so that no two changes are alike. */
  changes = 0;
  /** The inputs' counts when its present value was computed; null while it has no value of a run that counts. */
  seen: readonly number[] | null = null;
  /** The present attempt keeps value and run unless an input turns out to have changed. */
  keeps = false;
  /** Who waits to hear whether the present run goes on. */
  undecided: (() => void)[] | null = null;
  /** It stands in the queue. */
  due = false;
  /** The present attempt waits for this many inputs. */
  open = false;
  waiting = 0;
  /** The present attempt waits for an earlier run to let go. */
  delayed = false;
  /** Whether the observer was told that the present attempt waits. */
  told = false;
  /** An earlier run that has not let go yet; undefined where nobody cares. */
  busy: Promise<void> | null | undefined = undefined;
  /** For the moment: its rank, and the last count that it was part of. */
  rank = 0;
  stamp = 0;
}

export function stateOf(variable: Variable): State {
  variable._state ??= new State();
  return variable._state as State;
}

const model = new Runtime().module().variable({});
const resolve = model._resolve;

/** Made in a twentieth of the library's time, which defines sixteen properties one by one: the fields are the same. */
class PlainVariable {
  readonly _module: unknown;
  _observer: Observer;
  readonly _state = new State();
  readonly _type = model._type;
  readonly _shadow = null;
  readonly _reachable = true;
  _definition = model._definition;
  _duplicate = undefined;
  _duplicates = undefined;
  _indegree = Number.NaN;
  _inputs: Variable[] = [];
  _invalidate = noop;
  _name: string | null = null;
  _outputs = new Set<Variable>();
  _value: unknown = undefined;
  _version = 0;

  constructor(module: unknown, observer: Observer) {
    this._module = module;
    this._observer = observer;
  }

  /** An input may be given itself: a cell's body needs no name. */
  _resolve(input: string | Variable): Variable {
    return typeof input === "string" ? resolve.call(this, input) : input;
  }

  /** Only for those who ask the library: we follow states. */
  get _promise(): Promise<unknown> {
    return promiseOf(this._state);
  }
}
Object.setPrototypeOf(PlainVariable.prototype, Object.getPrototypeOf(model));

export function makeVariable(module: unknown, observer: Observer): Variable {
  return new PlainVariable(module, observer) as unknown as Variable;
}

/** Who was given to `makeVariable`; undefined for the library's own variables. */
export function observerOf(variable: Variable): Observer | undefined {
  return variable instanceof PlainVariable ? (variable._observer as Observer) : undefined;
}

/** The library's own variables (of names that nobody defines) show their state by a promise. */
export function showState(variable: Variable): void {
  if (!(variable instanceof PlainVariable)) variable._promise = promiseOf(stateOf(variable));
}

function promiseOf({ phase, value, error }: State): Promise<unknown> {
  if (phase === "pending") return new Promise(noop);
  if (phase === "value") return Promise.resolve(value);
  const failed = Promise.reject(error);
  failed.catch(noop);
  return failed;
}

export function noop(): void {}
