import type { DuckDBConnection, DuckDBMaterializedResult } from "@duckdb/node-api";
import { UserError } from "../notebook/errors.ts";
import { bindParameters, numberParameters } from "./parameters.ts";
import { lineAndColumn } from "./position.ts";
import { type Statement, startsWith, withoutTemporary } from "./statements.ts";

/** Runs one statement off this thread, its rows kept in DuckDB's memory. `prefix` goes before its text. */
export async function execute(
  connection: DuckDBConnection,
  statement: Statement,
  params: readonly unknown[],
  prefix: string,
): Promise<DuckDBMaterializedResult> {
  const { text, positions } = numberParameters(withoutTemporary(statement), statement, params.length);
  if (positions.length === 0) return connection.run(prefix + text);
  const prepared = await connection.prepare(prefix + text);
  try {
    bindParameters(prepared, positions, params);
    return await prepared.run();
  } finally {
    prepared.destroySync();
  }
}

/** Rolls back what a text began and did not end: the next text may run on another connection. */
export async function endTransaction(
  connection: DuckDBConnection,
  statements: readonly Statement[],
): Promise<void> {
  if (!statements.some((statement) => startsWith(statement, "BEGIN", "START"))) return;
  const open = await connection.run("ROLLBACK").then(
    () => true,
    () => false,
  );
  if (!open) return;
  throw new UserError({
    kind: "sql",
    message: "the transaction is not ended; it was rolled back",
    remedy: "write COMMIT in the same cell",
  });
}

/** @throws UserError for INSTALL, which would download. */
export function refuseInstall(statement: Statement, sql: string): void {
  if (!startsWith(statement, "INSTALL")) return;
  throw new UserError({
    kind: "sql",
    message: "DuckDB's extensions are not downloaded",
    remedy: "LOAD 'path/to/file.duckdb_extension' uses one that you have",
    ...lineAndColumn(sql, statement.start),
  });
}
