/** Rows that a cell holds in memory, given out page by page like the engine's. */
import { columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import type { TableColumn } from "../notebook/display/output.ts";
import { fromColumnar } from "../notebook/display/table-data.ts";
import type { Span } from "../notebook/explore/source.ts";
import type { QueryResult } from "../notebook/table.ts";
import type { EngineResult } from "./engine.ts";
import { SentMemorySource } from "./explore/sent-memory-source.ts";

export class MemoryResult implements EngineResult {
  readonly #rows: QueryResult;
  #source: SentMemorySource | null = null;

  constructor(rows: QueryResult) {
    this.#rows = rows;
  }

  get columns(): readonly TableColumn[] {
    return this.#rows.columns;
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  async page(offset: number, limit: number, span?: Span): Promise<Uint8Array> {
    if (offset === 0 && limit >= this.rowCount && !span) return this.#rows.bytes;
    const end = Math.min(offset + limit, this.rowCount);
    const columns = this.#rows.schema.fields.slice(span?.from, span?.to).map(({ name, type }) => {
      const column = this.#rows.getChild(name);
      const values = Array.from({ length: Math.max(0, end - offset) }, (_, index) =>
        column?.at(offset + index),
      );
      return [name, columnFromArray(values, type)] as const;
    });
    const bytes = tableToIPC(tableFromColumns(Object.fromEntries(columns)), { format: "stream" });
    if (!bytes) throw new Error("a page of rows could not be encoded");
    return bytes;
  }

  async arrow(): Promise<Uint8Array> {
    return this.#rows.bytes;
  }

  explore(): SentMemorySource {
    this.#source ??= new SentMemorySource(fromColumnar(this.#rows));
    return this.#source;
  }

  release(): void {}
}
