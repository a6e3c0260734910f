/** What a cell of Observable's own JavaScript gives to the others and shows, made of the value of its function. */
import { type Followable, isFollowable } from "../runtime/followable.ts";
import { eventOf, type InputLike, inputValue, observe } from "./generators.ts";
import { LatestValue } from "./latest-value.ts";
import { Mutable } from "./mutable.ts";

export interface ObservableSettings {
  readonly kind: "plain" | "viewof" | "mutable";
  /** `x`; `viewof$x` and `x`; `mutable$x` and `x`. */
  readonly outputs: readonly string[];
  readonly display: (value: unknown) => unknown;
  /** Shows an input and gives the generator of its values. */
  readonly view?: (element: unknown) => unknown;
}

/** Lasts over the runs of a cell: the author's `this` is the value that the cell had before. */
export interface ObservableMemory {
  value?: unknown;
}

type Outputs = Record<string, unknown>;

/** One run of a cell, whose author's code is `body`. */
export async function runObservable(
  memory: ObservableMemory,
  settings: ObservableSettings,
  body: (this: unknown) => unknown,
): Promise<Outputs> {
  const value = await body.call(memory.value);
  const run = { ...settings, memory };
  if (settings.kind === "mutable") return changeable(value, run);
  if (isFollowable(value)) return settings.kind === "viewof" ? viewedOften(value, run) : followed(value, run);
  memory.value = value;
  if (settings.kind === "viewof") return named(run, value, settings.view?.(value));
  settings.display(value);
  return named(run, value);
}

interface Run extends ObservableSettings {
  readonly memory: ObservableMemory;
}

function named({ outputs }: Run, ...values: readonly unknown[]): Outputs {
  return Object.fromEntries(outputs.map((name, index) => [name, values[index]]));
}

/** What the graph takes of a generator is also shown; one without a name is only shown. */
function followed(generator: Followable, run: Run): Outputs {
  if (run.outputs.length === 0) {
    run.display(watched(generator, remember(run)));
    return {};
  }
  return named(run, shared(generator, run, remember(run)));
}

/** A generator of inputs: the values of the latest. */
function viewedOften(generator: Followable, run: Run): Outputs {
  let tell: (value: unknown) => void = () => {};
  let leave = () => {};
  const values = observe<unknown>((change) => {
    tell = change;
    return () => leave();
  });
  const follow = (input: InputLike) => {
    leave();
    const [event, changed] = [eventOf(input), () => tell(inputValue(input))];
    input.addEventListener(event, changed);
    leave = () => input.removeEventListener(event, changed);
    if (inputValue(input) !== undefined) changed();
  };
  const remembered = remember(run);
  const inputs = shared(generator, run, (input) => {
    remembered(input);
    follow(input as InputLike);
  });
  return named(run, inputs, values);
}

/** `mutable x` sets the value, `x` is the value as it is now. */
function changeable(initial: unknown, run: Run): Outputs {
  const moving = isFollowable(initial);
  const cell = Mutable<unknown>(moving ? undefined : initial);
  if (!moving) run.memory.value = initial;
  let over = false;
  const end = () => {
    over = true;
    if (moving) initial.return();
  };
  const values = shared(cell, run, () => {}, end);
  if (moving) void feed(initial, cell, () => over);
  return named(run, new Mutator(cell), values);
}

/** Is never equal to the one of another run, so that nobody keeps one that is out of use. */
class Mutator {
  readonly #cell: { value: unknown };

  constructor(cell: { value: unknown }) {
    this.#cell = cell;
  }

  get value(): unknown {
    return this.#cell.value;
  }

  set value(value: unknown) {
    this.#cell.value = value;
  }
}

/** Milliseconds. */
const frame = 16;

async function feed(source: Followable, cell: { value: unknown }, over: () => boolean): Promise<void> {
  while (!over()) {
    const { done, value } = (await source.next()) as IteratorResult<unknown>;
    if (done) return;
    const latest = await value;
    if (!over()) cell.value = latest;
    await new Promise<void>((resolve) => setTimeout(resolve, frame));
  }
}

function remember({ memory }: Run): (value: unknown) => void {
  return (value) => {
    memory.value = value;
  };
}

/** The same generator, whose values are also shown, one in the place of the other. */
function shared(source: Followable, run: Run, see: (value: unknown) => void, ended = () => {}): Followable {
  const shown = new LatestValue();
  run.display(shown);
  const seen = (value: unknown) => {
    see(value);
    shown.put(value);
  };
  return watched(source, seen, () => {
    shown.end();
    ended();
  });
}

/** The same generator; `see` is called with each value before it is given out, `end` when there is no more. */
function watched(source: Followable, see: (value: unknown) => void, end = () => {}): Followable {
  const next = async (sent: unknown) => {
    try {
      const { done, value } = (await source.next(sent)) as IteratorResult<unknown>;
      if (!done) return { done: false, value: await seen(value, see) };
    } catch (error) {
      end();
      throw error;
    }
    end();
    return { done: true, value: undefined };
  };
  const close = (value: unknown) => {
    end();
    return source.return(value);
  };
  const kind = Object.prototype.toString.call(source).slice("[object ".length, -1);
  return Object.assign(Object.create({ [Symbol.toStringTag]: kind }), { next, return: close });
}

async function seen(value: unknown, see: (value: unknown) => void): Promise<unknown> {
  const known = await value;
  see(known);
  return known;
}
