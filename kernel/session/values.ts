/** Values that cells show, so that the page can open more of them than was described. */
import { randomUUID } from "node:crypto";
import type { ResultSource } from "../engine/engine.ts";
import { SentMemorySource } from "../engine/explore/sent-memory-source.ts";
import { type DescribedEntries, entriesOf, partOf, textOf } from "../notebook/display/parts.ts";
import { arrayTable, tableDataOf } from "../notebook/display/table-like.ts";
import { inputError } from "../notebook/errors.ts";

export class Values {
  readonly #values = new Map<string, unknown>();
  /** A page may ask with keys of a process that is gone. */
  readonly #session = randomUUID();
  readonly #sources = new WeakMap<object, ResultSource>();
  #last = 0;

  /** @returns the key to ask by */
  keep(value: unknown): string {
    const id = `${this.#session}-${++this.#last}`;
    this.#values.set(id, value);
    return id;
  }

  /** A value that is a table, as one. @throws UserError when it is none, or gone */
  source(id: string): ResultSource {
    const value = this.#value(id);
    const known = typeof value === "object" && value !== null ? this.#sources.get(value) : undefined;
    if (known) return known;
    const data = tableDataOf(value) ?? arrayTable(value);
    if (!data) throw inputError("this value is no table");
    const source = new SentMemorySource(data);
    this.#sources.set(value as object, source);
    return source;
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
