import type { TableSource } from "../../catalog/table.ts";
import { UserError } from "../../notebook/errors.ts";
import { tableFromArrow } from "../../notebook/table.ts";
import { openDuckDB } from "../duckdb.ts";
import { DuckDBEngine } from "../duckdb-engine.ts";
import type { EngineResult, QueryOptions, SqlEngine } from "../engine.ts";
import { MemoryResult } from "../memory-result.ts";
import type { Connection } from "./configuration.ts";

/** A DuckDB database file has its own tables, and none of the catalog's. */
const nothing: TableSource = { version: () => 0, tables: () => [] };

/** A DuckDB database file, read only. */
export class DuckDBFileEngine implements SqlEngine {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  query(sql: string, params: readonly unknown[] = [], options: QueryOptions = {}): Promise<EngineResult> {
    return this.#once(async (engine) => {
      const result = await engine.query(sql, params, options);
      return new MemoryResult(tableFromArrow(await result.arrow()));
    });
  }

  explain(sql: string, params?: readonly unknown[]): Promise<string> {
    return this.#once((engine) => engine.explain(sql, params));
  }

  close(): void {}

  async #once<T>(work: (engine: DuckDBEngine) => Promise<T>): Promise<T> {
    const engine = await this.#open();
    try {
      return await work(engine);
    } finally {
      engine.close();
    }
  }

  async #open(): Promise<DuckDBEngine> {
    const { path } = this.#connection;
    try {
      const { instance, connection } = await openDuckDB(path === null ? undefined : { path });
      return new DuckDBEngine(nothing, instance, connection);
    } catch (error) {
      throw error instanceof UserError ? error : this.#unopened((error as Error).message);
    }
  }

  #unopened(message: string): UserError {
    const { name, path } = this.#connection;
    const locked = /Could not set lock/.test(message);
    return new UserError({
      kind: "sql",
      message: locked
        ? `connection "${name}": another program is writing to "${path}"`
        : `connection "${name}": "${path}" cannot be opened: ${message.split("\n", 1)[0]}`,
      remedy: locked ? "run the cell again when that program is done" : "check that it is a DuckDB database",
    });
  }
}
