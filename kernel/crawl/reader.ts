import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { openDuckDB } from "../engine/duckdb.ts";
import { checkStopped, stopped } from "./signal.ts";

type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };
/** Wide integers come as decimal text. */
export type ReaderRow = Readonly<Record<string, Cell>>;

const pollEvery = 50;

/**
 * A DuckDB of the crawl's own: queries may run at the same time, tell how far they are, and end at once when the
 * signal fires.
 */
export class Reader {
  readonly #signal: AbortSignal | undefined;
  #database: Promise<Database> | undefined;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * All rows of a statement. `onFraction` gets 0 … 1 while it runs, where DuckDB knows.
   * @throws Error of DuckDB; UserError "stopped".
   */
  async rows(sql: string, onFraction?: (fraction: number) => void): Promise<readonly ReaderRow[]> {
    checkStopped(this.#signal);
    this.#database ??= Database.open();
    const opened = this.#database;
    const database = await opened;
    try {
      return await database.rows(sql, this.#signal, onFraction);
    } catch (thrown) {
      if (!isBroken(thrown)) throw thrown;
      // A DuckDB that met an internal error refuses all further work, also that of the files read beside.
      if (this.#database === opened) this.close();
      if (isVictim(thrown)) return await this.rows(sql, onFraction);
      throw thrown;
    }
  }

  /** Frees the memory; a query that still runs keeps it until its end. */
  close(): void {
    void this.#database?.then((database) => database.close());
    this.#database = undefined;
  }
}

class Database {
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[];
  #running = 0;
  #closed = false;

  static async open(): Promise<Database> {
    const { instance, connection } = await openDuckDB();
    return new Database(instance, await watched(connection));
  }

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#idle = [connection];
  }

  async rows(
    sql: string,
    signal: AbortSignal | undefined,
    onFraction?: (fraction: number) => void,
  ): Promise<readonly ReaderRow[]> {
    this.#running++;
    const connection = this.#idle.pop() ?? (await watched(await this.#instance.connect()));
    const result = connection.runAndReadAll(sql).then((read) => read.getRowObjectsJson());
    result.finally(() => this.#release(connection)).catch(() => {});
    const poll = onFraction && setInterval(() => tellProgress(connection, onFraction), pollEvery);
    const stop = stopOf(connection, signal);
    try {
      return await Promise.race([result, stop.promise]);
    } finally {
      clearInterval(poll);
      stop.forget();
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#running > 0) return;
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
  }

  #release(connection: DuckDBConnection): void {
    this.#running--;
    this.#idle.push(connection);
    if (this.#closed) this.close();
  }
}

async function watched(connection: DuckDBConnection): Promise<DuckDBConnection> {
  await connection.run("SET enable_progress_bar = true");
  await connection.run("SET enable_progress_bar_print = false");
  return connection;
}

function tellProgress(connection: DuckDBConnection, onFraction: (fraction: number) => void): void {
  const { percentage } = connection.progress;
  if (percentage >= 0) onFraction(Math.min(1, percentage / 100));
}

/** Fails when the signal fires. Planning does not heed an interrupt, so waiting ends even if the query does not. */
function stopOf(connection: DuckDBConnection, signal: AbortSignal | undefined) {
  let stop = () => {};
  const promise = new Promise<never>((_, fail) => {
    stop = () => {
      connection.interrupt();
      fail(stopped());
    };
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
  });
  return { promise, forget: () => signal?.removeEventListener("abort", stop) };
}

function isBroken(thrown: unknown): boolean {
  return thrown instanceof Error && /^(INTERNAL|FATAL) Error/.test(thrown.message);
}

/** Not this query, but one beside it, broke the database. */
function isVictim(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.includes("invalidated because of a previous fatal error");
}
