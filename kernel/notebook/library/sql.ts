/** The `sql` tag and `table`, over any way to run a query. */

import type { CellSource } from "../compiler/code-of.ts";
import { placedError, placedQueryError } from "./sql-place.ts";
import { assemble, identifier, type SqlQuery, type SqlText, tableIdentifier } from "./sql-template.ts";

/** Runs an assembled query on a connection; null is the engine over the catalog. */
export type RunQuery<T> = (query: SqlQuery, database: string | null) => Promise<T>;

/** ``await sql`SELECT …` ``: every `${…}` is a bound parameter. */
export interface Sql<T> {
  (strings: readonly string[], ...values: unknown[]): Promise<T>;
  /** A column's or table's name, safely quoted: ``sql`… ORDER BY ${sql.identifier(name)}` ``. */
  identifier(name: string): SqlText;
  /** A table's name with its database, safely quoted: `sql.table("main.sales")`. */
  table(name: string): SqlText;
  /** The same template on a connection. */
  database(name: string): Sql<T>;
}

/** A table of the catalog: await it for all its rows, or put it into ``sql`…` `` as a name. */
export interface TableReference<T> extends PromiseLike<T> {
  readonly name: string;
  readonly sqlText: SqlText;
}

/** @param cell whose code the tag is in: errors then tell their places in its text. */
export function makeSql<T>(run: RunQuery<T>, cell?: CellSource, database: string | null = null): Sql<T> {
  const sql = async (strings: readonly string[], ...values: unknown[]) => {
    const called = new Error();
    try {
      const { sql, params } = assemble(strings, values);
      return await run({ sql, params }, database);
    } catch (error) {
      throw placedQueryError(error, { strings, values, cell, called: called.stack ?? "" });
    }
  };
  return Object.assign(sql, {
    identifier,
    table: tableIdentifier,
    database: (name: string) => makeSql(run, cell, name),
  });
}

/** `table("main.sales")`. The query starts when it is awaited. */
export function makeTable<T>(run: RunQuery<T>) {
  return function table(name: string): TableReference<T> {
    const sqlText = tableIdentifier(name);
    const called = new Error();
    const rows = () =>
      run({ sql: `SELECT * FROM ${sqlText.text}`, params: [] }, null).catch((error: unknown) => {
        throw placedError(error, called.stack ?? "");
      });
    // biome-ignore lint/suspicious/noThenProperty: awaiting the table is its whole point
    return { name, sqlText, then: (resolve, reject) => rows().then(resolve, reject) };
  };
}
