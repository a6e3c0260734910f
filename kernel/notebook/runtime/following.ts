/** Follows generators: their first value is their variable's, each later one starts a wave of its own. */
import { isFollowable, isThenable } from "./followable.ts";
import { noop, type State, stateOf, type Variable } from "./variables.ts";

export interface Generator {
  next(value?: unknown): Step | PromiseLike<Step>;
  return(value?: unknown): unknown;
}

interface Step {
  readonly done?: boolean;
  readonly value: unknown;
}

export interface FollowingOptions {
  /** When to pull a generator's next value: at most once a frame. `taken`: ms that the last value took to come. */
  readonly nextFrame: (callback: () => void, taken: number) => void;
  /** A generator has given a further value. */
  readonly yielded: (variable: Variable, value: unknown) => void;
  /** A generator has failed after its first value. */
  readonly broke: (variable: Variable, error: unknown) => void;
}

export class Following {
  readonly #options: FollowingOptions;
  /** Variables whose generator is not done, and when it gave its last value. */
  readonly #followed = new Map<Variable, { readonly native: boolean; readonly since: number }>();

  constructor(options: FollowingOptions) {
    this.#options = options;
  }

  /** Asks for a generator's first value. */
  first(
    variable: Variable,
    generator: Generator,
    settle: (value: unknown) => void,
    fail: (error: unknown) => void,
  ): void {
    const version = variable._version;
    const asked = performance.now();
    const before = variable._invalidate;
    variable._invalidate = () => {
      before.call(variable);
      endGenerator(generator);
    };
    const step = ({ done, value }: Step) =>
      whenThere(
        done ? undefined : value,
        (there) => {
          if (variable._version !== version) return;
          if (!done) this.#pullLater(variable, version, generator, asked);
          settle(there);
        },
        fail,
      );
    try {
      whenThere(generator.next(), (given) => step(given as Step), fail);
    } catch (error) {
      fail(error);
    }
  }

  /** The variable's run is over. */
  forget(variable: Variable): void {
    if (this.#followed.size > 0) this.#followed.delete(variable);
  }

  /**
   * Whether more is to be expected: of a generator function's generator until it is done, of another (an input, a
   * Mutable) as long as its last value is fresh.
   */
  generating(): boolean {
    const fresh = performance.now() - 300;
    for (const { native, since } of this.#followed.values()) if (native || since > fresh) return true;
    return false;
  }

  #pullLater(variable: Variable, version: number, generator: Generator, asked: number): void {
    const now = performance.now();
    this.#followed.set(variable, { native: isNative(generator), since: now });
    this.#options.nextFrame(() => {
      if (variable._version === version) void this.#pull(variable, version, generator);
    }, now - asked);
  }

  async #pull(variable: Variable, version: number, generator: Generator): Promise<void> {
    const state = stateOf(variable);
    const asked = performance.now();
    try {
      const { done, value: coming } = await generator.next(state.value);
      const value = done ? undefined : await coming;
      await decided(state);
      if (variable._version !== version) return;
      if (done) this.#followed.delete(variable);
      else this.#options.yielded(variable, value);
      if (!done) this.#pullLater(variable, version, generator, asked);
    } catch (error) {
      await decided(state);
      if (variable._version !== version) return;
      this.#followed.delete(variable);
      this.#options.broke(variable, error);
    }
  }
}

/** `next` may give anything; what it gives is looked at when it comes. */
export function isGenerator(value: unknown): value is Generator {
  return isFollowable(value);
}

/** Goes on at once with what is no promise. */
function whenThere(value: unknown, go: (value: unknown) => void, fail: (error: unknown) => void): void {
  if (isThenable(value)) Promise.resolve(value).then(go).catch(fail);
  else go(value);
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

/** Resolves when it is known whether the present run goes on. */
async function decided(state: State): Promise<void> {
  while (state.keeps) {
    await new Promise<void>((resolve) => {
      state.undecided ??= [];
      state.undecided.push(resolve);
    });
  }
}
