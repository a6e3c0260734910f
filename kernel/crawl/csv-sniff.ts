import type { Reason } from "../catalog/table.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { Dialect } from "./dialect.ts";
import type { ReadContext } from "./read-context.ts";
import { readerCall } from "./sql.ts";

export interface SniffedColumn {
  readonly name: string;
  readonly type: string;
}

export interface Sniffed {
  readonly columns: readonly SniffedColumn[];
  /** `dateformat`, `timestampformat` where they are not ISO 8601. */
  readonly formats: CsvOptions;
  readonly reasons: readonly Reason[];
}

export const sampleRows = 20480;

/**
 * Names and types of the columns by DuckDB's sniffer, with the dialect fixed. Where the sniffer gives up, all
 * columns are text: the full scan then tells exactly what is wrong.
 */
export async function sniffTypes(
  context: ReadContext,
  options: CsvOptions,
  header: boolean,
  dialect: Dialect,
): Promise<Sniffed> {
  const sniff = { ...options, header, ignore_errors: true, sample_size: sampleRows, strict_mode: true };
  const call = readerCall("sniff_csv", context.file.path, sniff);
  try {
    const [row] = await context.reader.rows(`SELECT Columns, DateFormat, TimestampFormat FROM ${call}`);
    const columns = row?.Columns as unknown as readonly SniffedColumn[];
    if (columns.length < dialect.width) return allText(dialect, header);
    return { columns: columns.map(({ name, type }) => ({ name, type })), ...formatsOf(row, columns) };
  } catch (thrown) {
    if (context.signal?.aborted) throw thrown;
    return allText(dialect, header);
  }
}

function allText(dialect: Dialect, header: boolean): Sniffed {
  const width = Math.max(dialect.width, 1);
  const names = header ? dialect.first : [];
  const seen = new Set<string>();
  const columns = Array.from({ length: width }, (_, i) => {
    const wanted = names[i]?.trim() || `column${i}`;
    const name = seen.has(wanted.toLowerCase()) ? `${wanted}_${i}` : wanted;
    seen.add(name.toLowerCase());
    return { name, type: "VARCHAR" };
  });
  return { columns, formats: {}, reasons: [] };
}

function formatsOf(
  row: Readonly<Record<string, unknown>> | undefined,
  columns: readonly SniffedColumn[],
): Pick<Sniffed, "formats" | "reasons"> {
  const date = foreignFormat(row?.DateFormat, columns, "DATE");
  const timestamp = foreignFormat(row?.TimestampFormat, columns, "TIMESTAMP");
  const reasons: Reason[] = [];
  if (date) reasons.push({ about: "date format", choice: date, because: dateReason(date) });
  if (timestamp)
    reasons.push({ about: "timestamp format", choice: timestamp, because: "all sampled values parse so" });
  return {
    formats: { ...(date ? { dateformat: date } : {}), ...(timestamp ? { timestampformat: timestamp } : {}) },
    reasons,
  };
}

function foreignFormat(format: unknown, columns: readonly SniffedColumn[], type: string): string | undefined {
  const used = columns.some((column) => column.type === type);
  if (!used || typeof format !== "string" || format === "" || format.startsWith("%Y-%m-%d")) return undefined;
  return format;
}

function dateReason(format: string): string {
  const ambiguous = /^%[dm].%[dm]/.test(format);
  return `all sampled dates parse so${ambiguous ? " (where both orders would do, the day is taken to come first)" : ""}`;
}
