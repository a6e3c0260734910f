/** `DatabaseClient` of Observable: a name for a connection, with its `sql` tag. */
import type { CellSource } from "../compiler/code-of.ts";
import { inputError } from "../errors.ts";
import { makeSql, type RunQuery, type Sql } from "./sql.ts";

export interface DatabaseClient<T> {
  readonly name: string;
  /** ``await client.sql`SELECT …` ``: every `${…}` is a bound parameter. */
  readonly sql: Sql<T>;
}

/**
 * `DatabaseClient("shop")`, with or without `new`. Nothing is opened before a query.
 * @param cell whose code the queries are in
 */
export function makeDatabaseClient<T>(run: RunQuery<T>, cell?: CellSource) {
  return function client(name: string): DatabaseClient<T> {
    if (typeof name === "string" && name !== "") return { name, sql: makeSql(run, cell, name) };
    throw inputError(
      `DatabaseClient needs the name of a connection, not ${String(name)}`,
      'such as DatabaseClient("shop")',
    );
  };
}
