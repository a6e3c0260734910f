/** A generator whose values may be promises, as Observable's are: the runtime awaits each. */
export interface Stream<T> extends Iterator<T | Promise<T>, undefined> {
  [Symbol.iterator](): Stream<T>;
  return(): IteratorReturnResult<undefined>;
  throw(): IteratorReturnResult<undefined>;
}

type Change<T> = (value: T) => void;
type Initialize<T> = (change: Change<T>) => unknown;

const finished: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Yields the latest value given to `change`; values in between are dropped. `return` disposes. */
export function observe<T>(initialize: Initialize<T>): Stream<T> {
  let latest: { value: T } | undefined;
  let resolve: Change<T> | undefined;
  const change = (value: T) => {
    if (resolve) [resolve, latest] = [resolve(value) as undefined, undefined];
    else latest = { value };
  };
  const take = (): T | Promise<T> => {
    if (!latest) return new Promise<T>((done) => (resolve = done));
    const { value } = latest;
    latest = undefined;
    return value;
  };
  return stream(take, initialize(change));
}

/** Yields every value given to `change`, in order. */
export function queue<T>(initialize: Initialize<T>): Stream<T> {
  const values: T[] = [];
  let resolve: Change<T> | undefined;
  const change = (value: T) => {
    if (resolve) resolve = resolve(value) as undefined;
    else values.push(value);
  };
  const take = () => (values.length > 0 ? (values.shift() as T) : new Promise<T>((done) => (resolve = done)));
  return stream(take, initialize(change));
}

function stream<T>(take: () => T | Promise<T>, dispose: unknown): Stream<T> {
  if (dispose !== undefined && typeof dispose !== "function")
    throw new TypeError(
      `Generators: the initializer returned ${String(dispose)}; return a function that disposes, or nothing`,
    );
  let ended = false;
  const end = () => {
    if (!ended && typeof dispose === "function") dispose();
    ended = true;
    return finished;
  };
  return {
    [Symbol.iterator]() {
      return this;
    },
    next: () => (ended ? finished : { done: false, value: take() }),
    return: end,
    throw: end,
  };
}

/** What `input` needs of an element: a value and events. */
export interface InputLike {
  readonly type?: string | undefined;
  readonly value?: unknown;
  readonly valueAsNumber?: number;
  readonly valueAsDate?: Date | null;
  readonly checked?: boolean;
  readonly files?: ArrayLike<unknown> | null;
  readonly multiple?: boolean;
  readonly selectedOptions?: Iterable<{ readonly value: string }>;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** Yields an input's value, now and whenever its user changes it. */
export function input<T = unknown>(element: InputLike): Stream<T> {
  return observe<T>((change) => {
    const event = eventOf(element);
    const changed = () => change(inputValue(element) as T);
    element.addEventListener(event, changed);
    if (inputValue(element) !== undefined) changed();
    return () => element.removeEventListener(event, changed);
  });
}

/** The event by which an input tells of changes. */
export function eventOf(element: InputLike): string {
  if (element.type === "button" || element.type === "submit") return "click";
  return element.type === "checkbox" || element.type === "file" ? "change" : "input";
}

/** An input's value in the type that suits it: a number for ranges, a Date for dates, a boolean for checkboxes. */
export function inputValue(element: InputLike): unknown {
  switch (element.type) {
    case "range":
    case "number":
      return element.valueAsNumber;
    case "date":
    case "datetime-local":
      return element.valueAsDate;
    case "checkbox":
      return element.checked;
    case "file":
      return element.multiple ? element.files : (element.files?.[0] ?? null);
    case "select-multiple":
      return Array.from(element.selectedOptions ?? [], (option) => option.value);
    default:
      return element.value;
  }
}

/** Yields the time (ms since 1970), about sixty times a second. */
export function now(): Stream<number> {
  return observe<number>((change) => {
    let timer: unknown;
    const tick = () => {
      change(Date.now());
      timer = setTimeout(tick, 16);
    };
    tick();
    return () => clearTimeout(timer);
  });
}
