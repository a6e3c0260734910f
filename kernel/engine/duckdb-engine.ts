import type { DuckDBConnection, DuckDBInstance, DuckDBMaterializedResult } from "@duckdb/node-api";
import type { TableSource } from "../catalog/table.ts";
import type { TableColumn } from "../notebook/display/output.ts";
import type { FileColumn, FileType } from "../notebook/explore/requests.ts";
import { openDuckDB } from "./duckdb.ts";
import type { CatalogEngine, EngineResult, QueryOptions } from "./engine.ts";
import { describeStatement, endTransaction, execute, refuseInstall } from "./execute.ts";
import { fileOfColumns } from "./explore/columns-table.ts";
import { EngineSource } from "./explore/engine-source.ts";
import type { Work } from "./explore/kept-table.ts";
import { ConnectionPool } from "./pool.ts";
import { DuckDBResult } from "./result.ts";
import { SessionSettings } from "./session-settings.ts";
import { sqlError } from "./sql-errors.ts";
import { type Statement, splitStatements } from "./statements.ts";
import { Stop, stopped } from "./stop.ts";
import { CatalogViews } from "./views.ts";

/** DuckDB in this process, over the files that `source` names. One per process is enough. */
export async function createEngine(source: TableSource): Promise<DuckDBEngine> {
  const { instance, connection } = await openDuckDB();
  return new DuckDBEngine(source, instance, connection);
}

/** What a text runs with. */
interface Run {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly connection: DuckDBConnection;
  readonly stop: Stop;
}

export class DuckDBEngine implements CatalogEngine {
  #views: CatalogViews;
  #pool: ConnectionPool;
  #settings = new SessionSettings();
  #running = new Set<Stop>();
  #closed = false;
  readonly #work: Work = (signal, work) => this.#stoppable(signal, work);

  /** @param connection used for nothing else; tables are made known through it. */
  constructor(source: TableSource, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#views = new CatalogViews(source, (sql) => connection.run(sql));
    const close = () => {
      connection.disconnectSync();
      instance.closeSync();
    };
    this.#pool = new ConnectionPool(() => instance.connect(), close);
  }

  /**
   * Runs a text of one or more statements and gives the last one's rows. A statement that has none gives a result
   * without columns; INSERT, UPDATE, DELETE and CREATE TABLE … AS give one row with the "Count" of rows.
   * Tables, macros and `SET`s last as long as the engine, a transaction as long as its text.
   */
  async query(
    sql: string,
    params: readonly unknown[] = [],
    options: QueryOptions = {},
  ): Promise<EngineResult> {
    const statements = splitStatements(sql);
    return this.#stoppable(options.signal, async (connection, stop) => {
      let result: DuckDBMaterializedResult | null = null;
      try {
        for (const statement of statements)
          result = await this.#run({ sql, params, connection, stop }, statement);
      } catch (error) {
        await endTransaction(connection, statements).catch(() => undefined);
        throw error;
      }
      await endTransaction(connection, statements);
      return new DuckDBResult(result, (made) => new EngineSource(this.#work, made));
    });
  }

  /** The plan of the text's last statement; nothing runs. */
  async explain(sql: string, params: readonly unknown[] = []): Promise<string> {
    const last = splitStatements(sql).at(-1);
    if (!last) return "";
    return this.#stoppable(undefined, async (connection, stop) => {
      const result = await this.#run({ sql, params, connection, stop }, last, "EXPLAIN\n");
      const rows = await result.getRowsJson();
      return rows.map((row) => String(row[1] ?? row[0])).join("\n");
    });
  }

  async describe(sql: string, params = 0): Promise<readonly TableColumn[]> {
    const last = splitStatements(sql).at(-1);
    if (!last) return [];
    return this.#stoppable(undefined, (connection, stop) =>
      this.#prepared({ sql, params: [], connection, stop }, last, "", () =>
        describeStatement(connection, last, params),
      ),
    );
  }

  async file(columns: readonly FileColumn[], as: FileType, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#stoppable(signal, (connection) => fileOfColumns(connection, columns, as));
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#running) stop.fire();
    this.#pool.close();
  }

  #run(run: Run, statement: Statement, prefix = ""): Promise<DuckDBMaterializedResult> {
    return this.#prepared(run, statement, prefix, async () => {
      const result = await execute(run.connection, statement, run.params, prefix);
      this.#settings.note(run.connection, statement, run.params);
      return result;
    });
  }

  /** Does `work` with a statement whose tables are known; its errors are told in the author's text. */
  async #prepared<T>(run: Run, statement: Statement, prefix: string, work: () => Promise<T>): Promise<T> {
    run.stop.check();
    refuseInstall(statement, run.sql);
    await this.#views.prepare(statement.tokens);
    run.stop.check();
    try {
      return await work();
    } catch (error) {
      const text = prefix + statement.text;
      const failed = { ...statement, text, start: statement.start - prefix.length };
      throw sqlError(error, { sql: run.sql, statement: failed, views: this.#views });
    }
  }

  /** Does `work` on a connection; ends at once as "stopped" when `signal` fires or the engine is closed. */
  async #stoppable<T>(
    signal: AbortSignal | undefined,
    work: (connection: DuckDBConnection, stop: Stop) => Promise<T>,
  ): Promise<T> {
    if (this.#closed || signal?.aborted) throw stopped();
    const stop = new Stop();
    this.#running.add(stop);
    signal?.addEventListener("abort", stop.fire, { once: true });
    try {
      const done = this.#onConnection(stop, work);
      done.catch(() => undefined);
      return await Promise.race([done, stop.promise]);
    } finally {
      this.#running.delete(stop);
      signal?.removeEventListener("abort", stop.fire);
    }
  }

  async #onConnection<T>(
    stop: Stop,
    work: (connection: DuckDBConnection, stop: Stop) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#pool.acquire();
    if (!connection) throw stopped();
    try {
      stop.check();
      await this.#settings.apply(connection);
      return await stop.interrupting(connection, () => work(connection, stop));
    } finally {
      this.#pool.release(connection);
    }
  }
}
