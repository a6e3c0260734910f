import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { inputError } from "../../notebook/errors.ts";
import type { FileType } from "../../notebook/explore/requests.ts";
import { identifier, literal } from "../../notebook/sql-text.ts";

/** A file goes to the browser as a whole. */
const mostBytes = 2 ** 30;

const options: Readonly<Record<FileType, string>> = { csv: "FORMAT csv, HEADER", parquet: "FORMAT parquet" };

/** Columns `c0`, `c1` … of a table under their own names. */
export function fileOf(names: readonly string[], table: string): string {
  const columns = names.map(
    (name, index) => `c${index} AS ${identifier(name === "" ? `column ${index + 1}` : name)}`,
  );
  return `SELECT ${columns.join(", ")} FROM ${table}`;
}

/** The bytes of a file with a query's rows. @throws UserError when they are too many */
export async function writtenFile(
  connection: DuckDBConnection,
  query: string,
  as: FileType,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "percolate-file-"));
  try {
    const path = join(folder, "table");
    await connection.run(`COPY (${query}) TO ${literal(path)} (${options[as]})`);
    const { size } = await stat(path);
    if (size <= mostBytes) return await readFile(path);
    const room = `${(size / 2 ** 30).toFixed(1)} GB, more than a download takes (1 GB)`;
    throw inputError(
      `the file would have ${room}`,
      "filter the table, or write it with COPY … TO in a SQL cell",
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
