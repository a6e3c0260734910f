/** Rows that a cell holds in memory, given out page by page like the engine's. */
import { columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import type { TableColumn } from "../notebook/display/output.ts";
import type { QueryResult } from "../notebook/table.ts";
import type { EngineResult } from "./engine.ts";

export class MemoryResult implements EngineResult {
  readonly #rows: QueryResult;

  constructor(rows: QueryResult) {
    this.#rows = rows;
  }

  get columns(): readonly TableColumn[] {
    return this.#rows.columns;
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  async page(offset: number, limit: number): Promise<Uint8Array> {
    if (offset === 0 && limit >= this.rowCount) return this.#rows.bytes;
    const end = Math.min(offset + limit, this.rowCount);
    const columns = this.#rows.schema.fields.map(({ name, type }) => {
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

  release(): void {}
}
