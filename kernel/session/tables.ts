/** Query results that outputs show: kept in the engine, given out page by page. */
import type { EngineResult, ResultSource } from "../engine/engine.ts";
import type { TableOutput } from "../notebook/display/output.ts";
import { inputError } from "../notebook/errors.ts";
import type { Span } from "../notebook/explore/source.ts";
import { type Lazy, lazy } from "../notebook/runtime/lazy.ts";
import { type QueryResult, tableFromArrow } from "../notebook/table.ts";

/** A SQL cell's result: rows stay in the engine until a cell uses them. */
export class ResultTable implements Lazy {
  readonly result: EngineResult;
  #rows: Promise<QueryResult> | null = null;

  constructor(result: EngineResult) {
    this.result = result;
  }

  [lazy](): Promise<QueryResult> {
    return this.rows();
  }

  rows(): Promise<QueryResult> {
    this.#rows ??= this.result.arrow().then(tableFromArrow);
    return this.#rows;
  }
}

export class Tables {
  readonly #results = new Map<string, EngineResult>();
  #last = 0;

  /** Keeps a result for `rows` requests. @returns how to show it, with its first `rows` rows. */
  async show(result: EngineResult, rows: number): Promise<TableOutput> {
    const id = `t${++this.#last}`;
    this.#results.set(id, result);
    return { id, columns: result.columns, rowCount: result.rowCount, head: await result.page(0, rows) };
  }

  /** @throws UserError when the cell has shown another table since. */
  async page(id: string, offset: number, limit: number, columns?: Span): Promise<Uint8Array> {
    const result = this.#results.get(id);
    if (!result) throw inputError(`table ${id} is no longer shown`, "run the cell again");
    return await result.page(offset, limit, columns);
  }

  /** To look at the rows in another order; null when there is no such table. */
  source(id: string): ResultSource | null {
    return this.#results.get(id)?.explore() ?? null;
  }

  release(id: string): void {
    this.#results.get(id)?.release();
    this.#results.delete(id);
  }
}
