import { type DuckDBConnection, type DuckDBMaterializedResult, DuckDBTypeId } from "@duckdb/node-api";
import type { TableColumn } from "../notebook/display/output.ts";
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

/** The columns that a statement would give. Nothing of it runs. */
export async function describeStatement(
  connection: DuckDBConnection,
  statement: Statement,
  params: number,
): Promise<readonly TableColumn[]> {
  const { text, positions } = numberParameters(withoutTemporary(statement), statement, params);
  const prepared = await connection.prepare(text);
  try {
    if (prepared.columnCount > 0 && prepared.columnTypeId(0) === DuckDBTypeId.INVALID)
      return await describeWithNulls(connection, text, positions);
    return Array.from({ length: prepared.columnCount }, (_, index) => ({
      name: prepared.columnName(index),
      type: prepared.columnType(index).toString(),
    }));
  } finally {
    prepared.destroySync();
  }
}

/** DuckDB tells no types while those of parameters are open. */
async function describeWithNulls(
  connection: DuckDBConnection,
  text: string,
  positions: readonly number[],
): Promise<readonly TableColumn[]> {
  const prepared = await connection.prepare(`DESCRIBE ${text}`);
  try {
    positions.forEach((_, index) => {
      prepared.bindNull(index + 1);
    });
    const rows = await (await prepared.run()).getRowsJson();
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
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
