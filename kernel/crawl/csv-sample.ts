import { identifier } from "../notebook/sql-text.ts";
import type { CsvOptions } from "./csv-options.ts";
import { type SniffedColumn, sampleRows } from "./csv-sniff.ts";
import type { ReadContext } from "./read-context.ts";
import { readerCall } from "./sql.ts";

/** What the sampled values of one column are like, as text. */
export interface ColumnSample {
  readonly values: number;
  /** A whole number of more digits than BIGINT and DOUBLE keep. */
  readonly longNumber: string | null;
  /** A number with zeros before it, such as a postal code. */
  readonly padded: string | null;
  /** A value that is no number. */
  readonly word: string | null;
}

/** Looks at the sampled values as they are written; the file may have ragged rows, which are passed over here. */
export async function sampleCsv(
  context: ReadContext,
  options: CsvOptions,
  columns: readonly SniffedColumn[],
): Promise<readonly ColumnSample[]> {
  const { dateformat: _, timestampformat: __, ...dialect } = options;
  const text = columns.map((column) => ({ name: column.name, type: "VARCHAR" }));
  const reading = { ...dialect, auto_detect: false, ignore_errors: true };
  const call = readerCall("read_csv", context.file.path, reading, text);
  const parts = Array.from({ length: Math.ceil(columns.length / together) }, (_, part) =>
    samplePart(context, call, columns.slice(part * together, (part + 1) * together)),
  );
  return (await Promise.all(parts)).flat();
}

/** Columns in one query: planning takes the square of their number, and cannot be interrupted. */
const together = 100;

async function samplePart(
  context: ReadContext,
  call: string,
  columns: readonly SniffedColumn[],
): Promise<ColumnSample[]> {
  const measures = columns.flatMap((column, i) => measuresOf(identifier(column.name), i));
  const [row] = await context.reader.rows(
    `SELECT ${measures.join(", ")} FROM (FROM ${call} LIMIT ${sampleRows})`,
  );
  return columns.map((_column, i) => ({
    values: Number(row?.[`n${i}`] ?? 0),
    longNumber: textOrNull(row?.[`l${i}`]),
    padded: textOrNull(row?.[`p${i}`]),
    word: textOrNull(row?.[`w${i}`]),
  }));
}

function measuresOf(name: string, i: number): string[] {
  const one = (condition: string) => `any_value(CASE WHEN ${condition} THEN ${name} END)`;
  return [
    `count(${name}) AS n${i}`,
    `${one(`length(${name}) >= 19 AND regexp_full_match(${name}, '[+-]?\\d{19,}') AND try_cast(${name} AS BIGINT) IS NULL`)} AS l${i}`,
    `${one(`regexp_full_match(${name}, '0\\d+')`)} AS p${i}`,
    `${one(`try_cast(${name} AS DOUBLE) IS NULL`)} AS w${i}`,
  ];
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
