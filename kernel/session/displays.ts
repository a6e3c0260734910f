/** What the cells of a session show: values become outputs, slot by slot, as they come. */

import { MemoryResult } from "../engine/memory-result.ts";
import { describe } from "../notebook/display/describe.ts";
import { errorText } from "../notebook/display/error-text.ts";
import type { Output } from "../notebook/display/output.ts";
import { isFollowable, isThenable } from "../notebook/runtime/followable.ts";
import { isQueryResult } from "../notebook/table.ts";
import { htmlOf, isNode } from "./dom.ts";
import { ResultTable, type Tables } from "./tables.ts";
import type { Values } from "./values.ts";

export interface DisplayOptions {
  readonly tables: Tables;
  readonly values: Values;
  /** Rows that a table shows before any is asked for. */
  readonly rows: number;
  /** Whether more rows can be asked for later. */
  readonly paged: boolean;
  /** Called when what the cell shows has changed. */
  readonly changed: () => void;
  readonly signal: AbortSignal;
  /** Time in ms after which an endless generator is let go, its last value standing. */
  readonly patience: number;
}

/** Time in ms after which nothing more is expected of a generator that is no generator function's: an input, a Mutable. */
const fresh = 300;

interface Slot {
  readonly index: number;
  /** When the generator that it follows, if no generator function's, gave its latest value. */
  since: number | null;
  output: Output | null;
  /** Of the value that is shown, if more of it may be asked for. */
  value: string | null;
  /** A node is written as HTML when asked for, since cells may still work on it. */
  node: unknown;
  /** Of the node, as it was last told. */
  html: string | null;
}

/** What is shown from an output on; those before it are as they were. */
export interface OutputsFrom {
  readonly from: number;
  readonly outputs: Output[];
}

/** The displays of one run of a cell. */
export class Displays {
  readonly #slots: Slot[] = [];
  readonly #options: DisplayOptions;
  readonly #work = new Map<Promise<void>, Slot>();
  readonly #shown: string[] = [];
  /** The first slot that shows something else than was told. */
  #changed = 0;

  constructor(options: DisplayOptions) {
    this.#options = options;
  }

  readonly display = <T>(value: T): T => {
    const slot = this.#add(null);
    const work = this.#show(slot, value).catch((error: unknown) => this.#put(slot, failureOutput(error)));
    this.#work.set(work, slot);
    void work.then(() => this.#work.delete(work));
    return value;
  };

  /** Shows what was kept of an earlier run. */
  restore(outputs: readonly Output[]): void {
    for (const output of outputs) this.#add(output);
    this.#options.changed();
  }

  #add(output: Output | null): Slot {
    const slot = { index: this.#slots.length, since: null, output, value: null, node: null, html: null };
    this.#slots.push(slot);
    return slot;
  }

  get empty(): boolean {
    return this.#slots.length === 0;
  }

  /** Resolves when nothing more is on its way, as far as can be told. */
  async ready(): Promise<void> {
    while (this.#expecting()) await Promise.race([...this.#work.keys(), pause()]);
  }

  #expecting(): boolean {
    const now = performance.now();
    return [...this.#work.values()].some(({ since }) => since === null || now - since < fresh);
  }

  outputs(): Output[] {
    return this.#slots.flatMap(outputsOf);
  }

  /** What has changed since this was last asked: a cell that displays in a long loop tells each output once. */
  changes(): OutputsFrom {
    const first = Math.min(this.#changed, this.#firstOther());
    this.#changed = this.#slots.length;
    const outputs = this.#slots.slice(first).flatMap(outputsOf);
    return { from: this.#slots.slice(0, first).filter(showsSomething).length, outputs };
  }

  /** Cells may go on with a node after they have displayed it. */
  #firstOther(): number {
    const other = this.#slots.findIndex(({ node, html }) => isNode(node) && htmlOf(node) !== html);
    return other < 0 ? this.#slots.length : other;
  }

  /** Lets go of the engine's rows. */
  release(): void {
    for (const id of this.#shown) this.#options.tables.release(id);
    for (const { value } of this.#slots) if (value !== null) this.#options.values.release(value);
  }

  async #show(slot: Slot, value: unknown): Promise<void> {
    if (isFollowable(value) && !isNode(value))
      return await this.#follow(slot, value as AsyncIterator<unknown> | Iterator<unknown>);
    await this.#put(slot, isThenable(value) && !isNode(value) ? await value : value);
  }

  async #follow(slot: Slot, generator: AsyncIterator<unknown> | Iterator<unknown>): Promise<void> {
    const { signal, patience } = this.#options;
    const until = performance.now() + patience;
    const isNative = /Generator/.test(Object.prototype.toString.call(generator));
    while (!signal.aborted) {
      if (!isNative) slot.since = performance.now();
      const step = await Promise.race([generator.next(), aborted(signal, until)]);
      if (step === null || step.done) break;
      await this.#put(slot, await step.value);
      await pause();
    }
    await generator.return?.();
  }

  async #put(slot: Slot, value: unknown): Promise<void> {
    if (isOutput(value)) slot.output = value;
    else if (isNode(value)) slot.node = value;
    else slot.output = await this.#output(slot, value);
    this.#changed = Math.min(this.#changed, slot.index);
    this.#options.changed();
  }

  async #output(slot: Slot, value: unknown): Promise<Output> {
    const result =
      value instanceof ResultTable ? value.result : isQueryResult(value) ? new MemoryResult(value) : null;
    if (!result) return this.#described(slot, value);
    const table = await this.#options.tables.show(result, this.#options.rows);
    if (table.id !== null) this.#shown.push(table.id);
    return { type: "table", table: this.#options.paged ? table : { ...table, id: null } };
  }

  #described(slot: Slot, value: unknown): Output {
    const { values, paged } = this.#options;
    if (slot.value !== null) values.release(slot.value);
    const described = describe(value);
    slot.value = paged && described.size !== undefined ? values.keep(value) : null;
    return { type: "value", value: described, ...(slot.value === null ? {} : { id: slot.value }) };
  }
}

function outputsOf(slot: Slot): Output[] {
  if (!isNode(slot.node)) return slot.output ? [slot.output] : [];
  slot.html = htmlOf(slot.node);
  return [{ type: "html", html: slot.html }];
}

function showsSomething({ output, node }: Slot): boolean {
  return output !== null || isNode(node);
}

/** One frame. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 16));
}

/** Outputs that we make ourselves are marked, so that a user's object is never taken for one. */
const ownOutputs = new WeakSet<object>();

function failureOutput(error: unknown): Output {
  const output: Output = { type: "text", text: errorText(error) };
  ownOutputs.add(output);
  return output;
}

function isOutput(value: unknown): value is Output {
  return typeof value === "object" && value !== null && ownOutputs.has(value);
}

/** Null when the run ends or the time is over. */
function aborted(signal: AbortSignal, until: number): Promise<null> {
  return new Promise((resolve) => {
    const timer = Number.isFinite(until)
      ? setTimeout(() => resolve(null), Math.max(0, until - performance.now()))
      : null;
    signal.addEventListener("abort", () => resolve(null), { once: true });
    if (timer && typeof timer === "object") timer.unref();
  });
}
