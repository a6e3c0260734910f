/** Columns from outside as a table of the engine, to be written into a file. */
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBTimestampValue,
  type DuckDBValue,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import type { FileColumn, FileType } from "../../notebook/explore/requests.ts";
import { fileOf, writtenFile } from "./file.ts";

const types = { BIGINT, BOOLEAN, DOUBLE, TIMESTAMP, VARCHAR } as const;

/** Rows of a chunk, and chunks between two rests. */
const chunkRows = 2048;
const turn = 16;

let last = 0;

/** A file's bytes. @throws UserError when there are too many */
export async function fileOfColumns(
  connection: DuckDBConnection,
  columns: readonly FileColumn[],
  as: FileType,
): Promise<Uint8Array> {
  const table = `percolate_file_${++last}`;
  await connection.run(
    `CREATE TEMP TABLE ${table} (${columns.map(({ type }, index) => `c${index} ${type}`).join(", ")})`,
  );
  try {
    const appender = await connection.createAppender(table, "main", "temp");
    await append(appender, columns);
    return await writtenFile(
      connection,
      fileOf(
        columns.map(({ name }) => name),
        table,
      ),
      as,
    );
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function append(appender: DuckDBAppender, columns: readonly FileColumn[]): Promise<void> {
  const rows = columns[0]?.values.length ?? 0;
  const all = columns.map(({ type }) => types[type]);
  for (let from = 0, done = 1; from < rows; from += chunkRows, done++) {
    const count = Math.min(chunkRows, rows - from);
    const chunk = DuckDBDataChunk.create(all, count);
    columns.forEach((column, index) => {
      chunk.setColumnValues(
        index,
        Array.from({ length: count }, (_, row) => duckdbValue(column, from + row)),
      );
    });
    appender.appendDataChunk(chunk);
    if (done % turn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  appender.closeSync();
}

function duckdbValue({ type, values }: FileColumn, row: number): DuckDBValue {
  const value = values[row] ?? null;
  if (typeof value !== "number") return value;
  if (Number.isNaN(value)) return null;
  if (type === "BIGINT") return BigInt(value);
  if (type === "BOOLEAN") return value !== 0;
  return type === "TIMESTAMP" ? new DuckDBTimestampValue(BigInt(Math.round(value)) * 1000n) : value;
}
