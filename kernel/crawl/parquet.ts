import type { FileShape } from "../catalog/crawled-files.ts";
import { hintOf } from "./name-hint.ts";
import { problems } from "./problems.ts";
import type { ReadContext } from "./read-context.ts";
import { pathLiteral, readerCall } from "./sql.ts";

/** Columns and row count from the footer; no data page is read. @throws UserError where the footer is damaged. */
export async function readParquet(context: ReadContext): Promise<FileShape> {
  try {
    return await shapeOf(context);
  } catch (thrown) {
    if (context.signal?.aborted) throw thrown;
    const detail = thrown instanceof Error ? thrown.message.split("\n")[0] : String(thrown);
    throw problems.other(context.file, detail ?? "");
  }
}

async function shapeOf({ file, reader }: ReadContext): Promise<FileShape> {
  const described = await reader.rows(`DESCRIBE FROM ${readerCall("read_parquet", file.path, {})}`);
  const [meta] = await reader.rows(
    `SELECT num_rows, num_row_groups FROM parquet_file_metadata(${pathLiteral(file.path)})`,
  );
  const agrees =
    hintOf(file.path).expects === "parquet" ? "extension agrees" : "its extension says otherwise";
  return {
    format: "parquet",
    options: {},
    columns: described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) })),
    rowCount: Number(meta?.num_rows ?? 0),
    reasons: [
      { about: "format", choice: "parquet", because: `it begins and ends with PAR1; ${agrees}` },
      { about: "columns", choice: `${described.length}`, because: "the file's own schema says so" },
      { about: "rows", choice: String(meta?.num_rows ?? 0), because: "the file's footer says so" },
    ],
  };
}
