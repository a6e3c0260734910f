import { encode } from "../../kernel/notebook/bridge/codec.ts";
import { inputError } from "../../kernel/notebook/errors.ts";
import {
  identifier,
  type SqlQuery,
  type SqlText,
  sqlTemplate,
  tableIdentifier,
} from "../../kernel/notebook/library/sql-template.ts";
import { type QueryResult, tableFromArrow } from "../../kernel/notebook/table.ts";
import type { Ask } from "./context.ts";

/** ``await sql`SELECT …` ``: every `${…}` is a bound parameter. */
export interface Sql {
  (strings: readonly string[], ...values: unknown[]): Promise<QueryResult>;
  /** A column's or table's name, safely quoted: ``sql`… ORDER BY ${sql.identifier(name)}` ``. */
  identifier(name: string): SqlText;
  /** A table's name with its database, safely quoted: `sql.table("main.sales")`. */
  table(name: string): SqlText;
  /** The same template on a connection. */
  database(name: string): Sql;
}

/** A table of the catalog: await it for all its rows, or put it into ``sql`…` `` as a name. */
export interface TableReference extends PromiseLike<QueryResult> {
  readonly name: string;
  readonly sqlText: SqlText;
}

/** The `sql` tag over a way to ask; queries end with `signal`. */
export function makeSql(ask: Ask, signal?: AbortSignal, database: string | null = null): Sql {
  const sql = (strings: readonly string[], ...values: unknown[]) =>
    query(ask, sqlTemplate(strings, values), database, signal);
  return Object.assign(sql, {
    identifier,
    table: tableIdentifier,
    database: (name: string) => makeSql(ask, signal, name),
  });
}

/** `table("main.sales")`. The query starts when it is awaited. */
export function makeTable(ask: Ask, signal?: AbortSignal) {
  return function table(name: string): TableReference {
    const sqlText = tableIdentifier(name);
    const rows = () => query(ask, { sql: `SELECT * FROM ${sqlText.text}`, params: [] }, null, signal);
    // biome-ignore lint/suspicious/noThenProperty: awaiting the table is its whole point
    return { name, sqlText, then: (resolve, reject) => rows().then(resolve, reject) };
  };
}

async function query(ask: Ask, query: SqlQuery, database: string | null, signal?: AbortSignal) {
  const params = encode(query.params);
  return arrowAnswer(await ask({ type: "query", sql: query.sql, params, database }, signal));
}

/** The table in an answer `{arrow: bytes}`. @throws when the answer has none. */
export function arrowAnswer(answer: unknown): QueryResult {
  const bytes = typeof answer === "object" && answer !== null && (answer as { arrow?: unknown }).arrow;
  if (bytes instanceof Uint8Array) return tableFromArrow(bytes);
  throw inputError("the kernel answered a query without rows", "run the cell again");
}
