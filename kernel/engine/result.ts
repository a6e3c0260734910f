import { setImmediate } from "node:timers/promises";
import {
  type DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBType,
  ResultReturnType,
} from "@duckdb/node-api";
import type { TableColumn } from "../notebook/display/output.ts";
import { inputError } from "../notebook/errors.ts";
import type { Span } from "../notebook/explore/source.ts";
import { encodeArrow, type Slice } from "./arrow/ipc.ts";
import type { EngineResult, ResultSource } from "./engine.ts";

/** Looking at a chunk to learn its length takes some 20 µs; after so many, other work has its turn. */
const TURN = 256;

/** Longest time in ms that passing on chunks keeps the thread to itself. */
const SLICE_MS = 10;

/** What a value takes in DuckDB's memory, roughly. */
const BYTES = 16;

/**
 * DuckDB's memory is freed when V8 collects the handle to it, but V8 sees only a handle of a few bytes and is in no
 * hurry. A buffer of the same size that is never touched, and so takes no real memory, lets it see what is at stake.
 */
function weightOf(bytes: number): ArrayBuffer | null {
  try {
    return new ArrayBuffer(Math.min(bytes, 2 ** 30));
  } catch {
    return null;
  }
}

/** What lets go of its memory when it is not needed any more. */
type ReleasableSource = ResultSource & { release(): void };

interface Held {
  readonly result: DuckDBMaterializedResult;
  readonly weight: ArrayBuffer | null;
}

/** A statement's rows in DuckDB's memory. */
export class DuckDBResult implements EngineResult {
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  readonly types: readonly DuckDBType[];
  #held: Held | null;
  #released = false;
  /** The number of rows up to and with each chunk, as far as known. */
  #ends: number[] = [];

  readonly #makeSource: ((result: DuckDBResult) => ReleasableSource) | undefined;
  #source: ReleasableSource | null = null;

  /**
   * @param result null for a text without any statement
   * @param makeSource for `explore`
   */
  constructor(
    result: DuckDBMaterializedResult | null,
    makeSource?: (result: DuckDBResult) => ReleasableSource,
  ) {
    this.#makeSource = makeSource;
    this.rowCount = result?.rowCount ?? 0;
    // DuckDB gives statements that return nothing (CREATE, SET …) a column without rows.
    const nothing = this.rowCount === 0 && result?.returnType !== ResultReturnType.QUERY_RESULT;
    this.types = result && !nothing ? result.columnTypes() : [];
    this.#held = result && { result, weight: weightOf(this.rowCount * this.types.length * BYTES) };
    const names = result?.deduplicatedColumnNames() ?? [];
    this.columns = this.types.map((type, i) => ({ name: names[i] ?? "", type: type.toString() }));
  }

  async page(
    offset: number,
    limit: number,
    columns: Span = { from: 0, to: this.types.length },
    named: readonly TableColumn[] = this.columns.slice(columns.from, columns.to),
  ): Promise<Uint8Array> {
    if (this.#released) throw released();
    const start = Math.min(Math.max(0, Math.floor(offset)), this.rowCount);
    const end = Math.min(start + Math.max(0, Math.floor(limit)), this.rowCount);
    const first = end > start ? await this.#chunkOf(start) : 0;
    const types = this.types.slice(columns.from, columns.to);
    return encodeArrow(named, types, end - start, this.#slices(first, start, end), columns.from);
  }

  arrow(): Promise<Uint8Array> {
    return this.page(0, this.rowCount);
  }

  /** Shows all rows to `visit`, chunk by chunk; now and then other work has its turn. */
  async eachChunk(visit: (chunk: DuckDBDataChunk) => void): Promise<void> {
    const count = this.#held?.result.chunkCount ?? 0;
    for (let index = 0, until = performance.now() + SLICE_MS; index < count; index++) {
      visit(this.#chunk(index));
      if (performance.now() < until) continue;
      await setImmediate();
      until = performance.now() + SLICE_MS;
    }
  }

  explore(): ReleasableSource {
    this.#source ??= this.#makeSource?.(this) ?? null;
    if (this.#source === null || this.#released) throw released();
    return this.#source;
  }

  release(): void {
    this.#source?.release();
    this.#released = true;
    this.#held = null;
    this.#ends = [];
  }

  /** The index of the chunk with a row. Chunks may be of any length, so all before it must have been seen. */
  async #chunkOf(row: number): Promise<number> {
    for (let seen = 0; (this.#ends.at(-1) ?? 0) <= row; seen++) {
      this.#chunk(this.#ends.length);
      if (seen % TURN === TURN - 1) await setImmediate();
    }
    return firstAbove(this.#ends, row);
  }

  *#slices(first: number, start: number, end: number): Generator<Slice> {
    for (let index = first, at = start; at < end; index++) {
      const chunk = this.#chunk(index);
      const chunkEnd = this.#ends[index] ?? end;
      const from = at - (chunkEnd - chunk.rowCount);
      const count = Math.min(end, chunkEnd) - at;
      yield { chunk, start: from, count };
      at += count;
    }
  }

  #chunk(index: number): DuckDBDataChunk {
    if (this.#held === null) throw released();
    const chunk = this.#held.result.getChunk(index);
    if (index === this.#ends.length) this.#ends.push((this.#ends[index - 1] ?? 0) + chunk.rowCount);
    return chunk;
  }
}

const released = () => inputError("the rows of this result are gone", "run the cell again");

/** The index of the first of `ends` (rising) above `row`. */
function firstAbove(ends: readonly number[], row: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > row) high = middle;
    else low = middle + 1;
  }
  return low;
}
