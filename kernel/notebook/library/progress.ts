/** `progress(items)`: gives the items one by one, and tells how far it has come. */
import { inputError } from "../errors.ts";
import type { CellEvent } from "../protocol.ts";

export type ProgressEvent = Extract<CellEvent, { type: "progress" }>;

export interface ProgressOptions {
  /** What is being done, a few words. */
  readonly label?: string;
  /** How many items there are; known by itself for arrays, sets, maps and query results. */
  readonly total?: number;
}

export interface ProgressHost {
  readonly cell: number;
  /** Asked for late: most cells use no signal. */
  readonly signal: () => AbortSignal;
  readonly emit: (event: ProgressEvent) => void;
}

/** At most ten times a second, in ms. What is over sooner than the first time is not told of. */
const pace = 100;
const firstAfter = 150;

export interface ProgressFunction {
  <T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncGenerator<T>;
  <T>(items: Iterable<T>, options?: ProgressOptions): Generator<T>;
}

/** The `progress` of one run of a cell. It ends with the run. */
export function makeProgress(host: ProgressHost): ProgressFunction {
  let bars = 0;
  const progress = (items: Iterable<unknown> | AsyncIterable<unknown>, options: ProgressOptions = {}) => {
    const bar = new Bar(host, ++bars, options.label ?? "", options.total ?? sizeOf(items));
    if (isAsync(items)) return following(items, bar, host.signal);
    if (typeof items?.[Symbol.iterator] === "function") return going(items, bar, host.signal);
    throw inputError(
      "progress needs something to go through",
      "give it an array, a Set, a generator or an async iterable: for (const row of progress(rows)) …",
    );
  };
  return progress as ProgressFunction;
}

function* going<T>(items: Iterable<T>, bar: Bar, signal: () => AbortSignal): Generator<T> {
  try {
    for (const item of items) {
      signal().throwIfAborted();
      yield item;
      bar.step();
    }
  } finally {
    bar.end();
  }
}

async function* following<T>(
  items: AsyncIterable<T>,
  bar: Bar,
  signal: () => AbortSignal,
): AsyncGenerator<T> {
  try {
    for await (const item of items) {
      signal().throwIfAborted();
      yield item;
      bar.step();
    }
  } finally {
    bar.end();
  }
}

class Bar {
  readonly #host: ProgressHost;
  readonly #id: number;
  readonly #label: string;
  readonly #total: number | null;
  readonly #since = performance.now();
  #told = performance.now() + firstAfter - pace;
  #shown = false;
  #done = 0;

  constructor(host: ProgressHost, id: number, label: string, total: number | null) {
    this.#host = host;
    this.#id = id;
    this.#label = label;
    this.#total = total;
  }

  step(): void {
    this.#done++;
    if (performance.now() - this.#told < pace) return;
    this.#told = performance.now();
    this.#tell(false);
  }

  end(): void {
    if (this.#shown) this.#tell(true);
  }

  #tell(over: boolean): void {
    this.#shown = true;
    const rate = (1000 * this.#done) / Math.max(1, performance.now() - this.#since);
    const left = this.#total === null ? null : Math.max(0, this.#total - this.#done) / rate;
    this.#host.emit({
      type: "progress",
      cell: this.#host.cell,
      bar: this.#id,
      label: this.#label,
      done: this.#done,
      total: this.#total,
      rate,
      left,
      over,
    });
  }
}

function isAsync(items: unknown): items is AsyncIterable<unknown> {
  return typeof (items as Partial<AsyncIterable<unknown>> | null)?.[Symbol.asyncIterator] === "function";
}

function sizeOf(items: unknown): number | null {
  const { length, size } = (items ?? {}) as { length?: unknown; size?: unknown };
  const count = length ?? size;
  return typeof count === "number" && Number.isFinite(count) ? count : null;
}

/** `label 45 % · 1,200/s · 12 s left`, or without a total `label 4,500 done · 1,200/s`. */
export function progressText({ label, done, total, rate, left }: ProgressEvent): string {
  const count = (value: number) => Math.round(value).toLocaleString("en");
  const far = total === null ? `${count(done)} done` : `${Math.floor(share(done, total) * 100)} %`;
  const speed = `${rate < 10 ? rate.toFixed(1) : count(rate)}/s`;
  const parts = [
    label ? `${label} ${far}` : far,
    speed,
    ...(left === null ? [] : [`${timeText(left)} left`]),
  ];
  return parts.join(" · ");
}

export function share(done: number, total: number): number {
  return total > 0 ? Math.min(1, done / total) : 1;
}

function timeText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`;
}
