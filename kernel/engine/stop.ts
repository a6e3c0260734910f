import type { DuckDBConnection } from "@duckdb/node-api";
import { UserError } from "../notebook/errors.ts";

/** How often a query that is to stop is told so: DuckDB forgets what it is told before the query has begun. */
const INTERRUPT_MS = 10;

/** The wish that a query end early. */
export class Stop {
  fired = false;
  /** Rejects as "stopped" when it fires; never resolves. */
  readonly promise: Promise<never>;
  #reject: (reason: unknown) => void = () => undefined;

  constructor() {
    this.promise = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
  }

  fire = (): void => {
    this.fired = true;
    this.#reject(stopped());
  };

  check(): void {
    if (this.fired) throw stopped();
  }

  /** Runs `work`, and once the stop fires interrupts its connection until it has ended. */
  async interrupting<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const interrupt = () => {
      if (ended) return;
      connection.interrupt();
      timer = setTimeout(interrupt, INTERRUPT_MS);
    };
    this.promise.catch(interrupt);
    try {
      return await work();
    } finally {
      ended = true;
      clearTimeout(timer);
    }
  }
}

export const stopped = (): UserError => new UserError({ kind: "stopped", message: "the query was stopped" });
