import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { openDuckDB } from "../engine/duckdb.ts";
import { checkStopped, stopped } from "./signal.ts";

type Opened = Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }>;

type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };
/** Wide integers come as decimal text. */
export type ReaderRow = Readonly<Record<string, Cell>>;

const pollEvery = 50;

/** A DuckDB of the crawl's own: queries tell how far they are and end at once when the signal fires. */
export class Reader {
  readonly #signal: AbortSignal | undefined;
  #open: Opened | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * All rows of a statement. `onFraction` gets 0 … 1 while it runs, where DuckDB knows.
   * @throws Error of DuckDB; UserError "stopped".
   */
  async rows(sql: string, onFraction?: (fraction: number) => void): Promise<readonly ReaderRow[]> {
    checkStopped(this.#signal);
    const connection = await this.#connection();
    const result = connection.runAndReadAll(sql).then((read) => read.getRowObjectsJson());
    this.#running = result.catch(() => {});
    const poll = setInterval(() => this.#poll(connection, onFraction), pollEvery);
    try {
      return await Promise.race([result, this.#stop(connection)]);
    } catch (thrown) {
      if (isBroken(thrown)) this.#abandon();
      throw thrown;
    } finally {
      clearInterval(poll);
      this.#stopWaiting?.();
    }
  }

  #stopWaiting: (() => void) | undefined;

  /** Fails when the signal fires. Planning does not heed an interrupt, so waiting ends even if the query does not. */
  #stop(connection: DuckDBConnection): Promise<never> {
    return new Promise((_, fail) => {
      const stop = () => {
        connection.interrupt();
        fail(stopped());
      };
      this.#signal?.addEventListener("abort", stop);
      this.#stopWaiting = () => this.#signal?.removeEventListener("abort", stop);
      if (this.#signal?.aborted) stop();
    });
  }

  #poll(connection: DuckDBConnection, onFraction?: (fraction: number) => void): void {
    const { percentage } = connection.progress;
    if (percentage >= 0) onFraction?.(Math.min(1, percentage / 100));
  }

  async #connection(): Promise<DuckDBConnection> {
    this.#open ??= openDuckDB().then(async (open) => {
      await open.connection.run("SET enable_progress_bar = true");
      await open.connection.run("SET enable_progress_bar_print = false");
      return open;
    });
    return (await this.#open).connection;
  }

  /** A DuckDB that met an internal error refuses all further work; the next query opens a new one. */
  #abandon(): void {
    this.#close(this.#open, Promise.resolve());
    this.#open = undefined;
  }

  /** Frees the memory; a query that still runs keeps it until its end. */
  close(): void {
    this.#close(this.#open, this.#running);
    this.#open = undefined;
  }

  async #close(open: Opened | undefined, running: Promise<unknown>): Promise<void> {
    const opened = await open;
    await running;
    opened?.connection.closeSync();
    opened?.instance.closeSync();
  }
}

function isBroken(thrown: unknown): boolean {
  return thrown instanceof Error && /^(INTERNAL|FATAL) Error/.test(thrown.message);
}
