import type { DuckDBConnection } from "@duckdb/node-api";
import { execute } from "./execute.ts";
import { type Statement, startsWith } from "./statements.ts";

interface Setting {
  readonly order: number;
  readonly statement: Statement;
  readonly params: readonly unknown[];
}

/** `SET`, `RESET` and `USE` hold for one connection in DuckDB; here they are carried to all of an engine. */
export class SessionSettings {
  #settings = new Map<string, Setting>();
  #order = 0;
  #applied = new WeakMap<DuckDBConnection, number>();

  /** Remembers a statement that succeeded on `connection`, if it is a setting. */
  note(connection: DuckDBConnection, statement: Statement, params: readonly unknown[]): void {
    if (!startsWith(statement, "SET", "RESET", "USE")) return;
    const upToDate = this.#applied.get(connection) === this.#order;
    this.#settings.delete(keyOf(statement));
    this.#settings.set(keyOf(statement), { order: ++this.#order, statement, params });
    if (upToDate) this.#applied.set(connection, this.#order);
  }

  /** Brings a connection up to date. */
  async apply(connection: DuckDBConnection): Promise<void> {
    const applied = this.#applied.get(connection) ?? 0;
    for (const setting of this.#settings.values()) {
      if (setting.order <= applied) continue;
      // What it names (a schema, say) may be gone by now; the query itself will tell.
      await execute(connection, setting.statement, setting.params, "").catch(() => undefined);
    }
    this.#applied.set(connection, this.#order);
  }
}

/** `SET VARIABLE x = …` → "set variable x": a later one of the same key replaces it. */
function keyOf({ tokens }: Statement): string {
  const end = tokens.findIndex((token) => token.value === "=" || token.value.toUpperCase() === "TO");
  return tokens
    .slice(0, end < 0 ? tokens.length : end)
    .map((token) => token.value.toLowerCase())
    .join(" ");
}
