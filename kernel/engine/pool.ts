import type { DuckDBConnection } from "@duckdb/node-api";

/**
 * Connections for queries that run at the same time. DuckDB runs one query on all cores, and each running query
 * holds a thread of Node's pool (4 by default, which files and DNS need too), so there are few.
 */
export class ConnectionPool {
  #connect: () => Promise<DuckDBConnection>;
  #idle: DuckDBConnection[] = [];
  #open = 0;
  #waiting: ((connection: DuckDBConnection | null) => void)[] = [];
  #closed = false;
  #size = Math.max(1, Number(process.env.UV_THREADPOOL_SIZE || 4) - 1);
  #allClosed: () => void;

  /** @param allClosed called once after `close`, when the last connection is back. */
  constructor(connect: () => Promise<DuckDBConnection>, allClosed: () => void) {
    this.#connect = connect;
    this.#allClosed = allClosed;
  }

  /** A connection of one's own, until `release`; null once the pool is closed. */
  async acquire(): Promise<DuckDBConnection | null> {
    if (this.#closed) return null;
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#open === this.#size) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#open++;
    return this.#connect();
  }

  release(connection: DuckDBConnection): void {
    if (this.#closed) return this.#disconnect(connection);
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting(null);
    if (this.#open === 0) this.#allClosed();
    for (const connection of this.#idle.splice(0)) this.#disconnect(connection);
  }

  #disconnect(connection: DuckDBConnection): void {
    connection.disconnectSync();
    this.#open--;
    if (this.#open === 0) this.#allClosed();
  }
}
