import type { DuckDBConnection } from "@duckdb/node-api";
import type { DuckDBResult } from "../result.ts";

/** Does work on a connection of the engine; it ends as "stopped" when `signal` fires. */
export type Work = <T>(
  signal: AbortSignal | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
) => Promise<T>;

/** A database of our own in the engine's memory, so that no name meets one of the user's. */
const database = "percolate_shown";

let last = 0;

/**
 * A result's rows as a table that can be queried, made when first asked for: columns `c0`, `c1` …, rows in order of
 * `rowid`.
 */
export class KeptTable {
  readonly #work: Work;
  readonly #result: DuckDBResult;
  #made: Promise<string> | null = null;

  constructor(work: Work, result: DuckDBResult) {
    this.#work = work;
    this.#result = result;
  }

  /** Its name in SQL. */
  name(): Promise<string> {
    this.#made ??= this.#work(undefined, (connection) => this.#make(connection));
    return this.#made;
  }

  async #make(connection: DuckDBConnection): Promise<string> {
    const table = `t${++last}`;
    const name = `${database}.main.${table}`;
    await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${database}`);
    const columns = this.#result.types.map((type, index) => `c${index} ${type}`);
    await connection.run(`CREATE TABLE ${name} (${columns.join(", ")})`);
    const appender = await connection.createAppender(table, "main", database);
    try {
      await this.#result.eachChunk((chunk) => appender.appendDataChunk(chunk));
    } finally {
      appender.closeSync();
    }
    return name;
  }

  release(): void {
    const made = this.#made;
    this.#made = Promise.reject(new Error("the table was released"));
    this.#made.catch(() => undefined);
    void made
      ?.then((name) => this.#work(undefined, (connection) => connection.run(`DROP TABLE IF EXISTS ${name}`)))
      .catch(() => undefined);
  }
}
