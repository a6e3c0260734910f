import type { Reason } from "../catalog/table.ts";
import { columnTopic } from "./column-reason.ts";
import { misfits } from "./csv-fit.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { SniffedColumn } from "./csv-sniff.ts";
import type { CsvText } from "./csv-text.ts";
import { widen } from "./csv-widen.ts";
import type { ReadContext } from "./read-context.ts";
import { readerCall } from "./sql.ts";

export interface Scanned {
  readonly columns: readonly SniffedColumn[];
  readonly rows: number;
  /** What the reasons are about whose columns the scan changed. */
  readonly widened: ReadonlySet<string>;
  readonly reasons: readonly Reason[];
}

/**
 * Reads every value once, counts the rows, and widens each column that has a value beyond its inferred type.
 * @throws DuckDB's error for ragged rows, open quotes and the like.
 */
export async function scanCsv(
  context: ReadContext,
  options: CsvOptions,
  columns: readonly SniffedColumn[],
  gzip: boolean,
  onFraction: (fraction: number) => void,
): Promise<Scanned> {
  const text: CsvText = { context, options, columns, gzip, call: textCall(context, options, columns) };
  const counted = await count(text, onFraction);
  const unfit = columns.filter((_, i) => (counted.misfits[i] ?? 0) > 0);
  const wider = unfit.length === 0 ? new Map() : await widen(text, unfit);
  return {
    columns: columns.map((column) => wider.get(column.name)?.column ?? column),
    rows: counted.rows,
    widened: new Set(unfit.map(({ name }) => columnTopic(name))),
    reasons: [...wider.values()].map(({ reason }) => reason),
  };
}

function textCall(context: ReadContext, options: CsvOptions, columns: readonly SniffedColumn[]): string {
  const { dateformat: _, timestampformat: __, ...dialect } = options;
  const text = columns.map(({ name }) => ({ name, type: "VARCHAR" }));
  return readerCall("read_csv", context.file.path, { ...dialect, auto_detect: false }, text);
}

async function count(
  { context, options, columns, call }: CsvText,
  onFraction: (fraction: number) => void,
): Promise<{ rows: number; misfits: readonly number[] }> {
  const tests = columns.map((column, i) => `count_if(${misfits(column, options)}) AS m${i}`);
  const [row] = await context.reader.rows(
    `SELECT ${["count(*) AS rows", ...tests].join(", ")} FROM ${call}`,
    onFraction,
  );
  return { rows: Number(row?.rows ?? 0), misfits: columns.map((_, i) => Number(row?.[`m${i}`] ?? 0)) };
}
