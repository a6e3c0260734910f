import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { inputError } from "../notebook/errors.ts";
import { literal } from "../notebook/sql-text.ts";

export interface DuckDBFile {
  /** Absolute path of a database file, which is only read. */
  readonly path: string;
}

/**
 * A DuckDB in memory or over a file that never fetches an extension, keeps time in UTC, spills to the system's temporary folder and
 * uses at most `PERCOLATE_MEMORY` ("4GB"; default 60 % of what the process may have); and a connection to it.
 */
export async function openDuckDB(
  file?: DuckDBFile,
): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> {
  const instance = await DuckDBInstance.create(file?.path ?? ":memory:", {
    ...(file ? { access_mode: "READ_ONLY" } : {}),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "true",
    temp_directory: join(tmpdir(), `percolate-duckdb-${process.pid}`),
  });
  const connection = await instance.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await limitMemory(connection);
  return { instance, connection };
}

async function limitMemory(connection: DuckDBConnection): Promise<void> {
  const limit = process.env.PERCOLATE_MEMORY || `${Math.floor((memory() * 0.6) / 2 ** 20)}MiB`;
  try {
    await connection.run(`SET GLOBAL memory_limit = ${literal(limit)}`);
  } catch {
    throw inputError(
      `PERCOLATE_MEMORY is "${limit}", which is no amount of memory`,
      'write "4GB" or "500MB"',
    );
  }
}

/** Bytes that this process may use: the machine's, or the control group's where that is less. */
function memory(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
}
