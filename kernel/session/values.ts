/** Values that cells show, so that the page can open more of them than was described. */
import { randomUUID } from "node:crypto";
import { type DescribedEntries, entriesOf, partOf, textOf } from "../notebook/display/parts.ts";
import { inputError } from "../notebook/errors.ts";

export class Values {
  readonly #values = new Map<string, unknown>();
  /** A page may ask with keys of a process that is gone. */
  readonly #session = randomUUID();
  #last = 0;

  /** @returns the key to ask by */
  keep(value: unknown): string {
    const id = `${this.#session}-${++this.#last}`;
    this.#values.set(id, value);
    return id;
  }

  release(id: string): void {
    this.#values.delete(id);
  }

  entries(id: string, path: readonly number[], from: number, count: number): DescribedEntries {
    return entriesOf(partOf(this.#value(id), path), from, count);
  }

  text(id: string, path: readonly number[], from: number, count: number): string {
    return textOf(partOf(this.#value(id), path), from, count);
  }

  #value(id: string): unknown {
    if (this.#values.has(id)) return this.#values.get(id);
    throw inputError("this value is no longer shown", "run the cell again");
  }
}
