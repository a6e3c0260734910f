import type { Reason } from "../catalog/table.ts";
import type { CsvOptions } from "./csv.ts";
import { csvProblem, type Misfit, misfitOf } from "./csv-errors.ts";
import type { SniffedColumn } from "./csv-sniff.ts";
import type { ReadContext } from "./read.ts";
import { identifier, readerCall } from "./sql.ts";

export interface Scanned {
  readonly columns: readonly SniffedColumn[];
  readonly rows: number;
  /** Names of the columns whose type the scan changed. */
  readonly widened: ReadonlySet<string>;
  readonly reasons: readonly Reason[];
}

/**
 * Reads every value with its inferred type, and counts. A value that does not fit widens its column, and the scan
 * starts anew. @throws UserError for ragged rows, open quotes and the like, with line and value.
 */
export async function scanCsv(
  context: ReadContext,
  options: CsvOptions,
  inferred: readonly SniffedColumn[],
  gzip: boolean,
  onFraction: (fraction: number) => void,
): Promise<Scanned> {
  let columns = inferred;
  const reasons = new Map<string, Reason>();
  for (;;) {
    try {
      const rows = await count(context, options, columns, onFraction);
      return { columns, rows, widened: new Set(reasons.keys()), reasons: [...reasons.values()] };
    } catch (thrown) {
      if (context.signal?.aborted) throw thrown;
      const misfit = misfitOf(thrown, columns);
      if (misfit === undefined) throw await csvProblem(context, thrown, options, gzip);
      columns = columns.map((column) => (column.name === misfit.column ? widened(column, misfit) : column));
      reasons.set(misfit.column, widenReason(columns, misfit));
    }
  }
}

async function count(
  context: ReadContext,
  options: CsvOptions,
  columns: readonly SniffedColumn[],
  onFraction: (fraction: number) => void,
): Promise<number> {
  const reading = { ...options, auto_detect: false };
  const call = readerCall("read_csv", context.file.path, reading, columns);
  const typed = columns.filter((column) => column.type !== "VARCHAR");
  const parts = typed.map((column, i) => `count(${identifier(column.name)}) AS c${i}`);
  const [row] = await context.reader.rows(
    `SELECT ${["count(*) AS rows", ...parts].join(", ")} FROM ${call}`,
    onFraction,
  );
  return Number(row?.rows ?? 0);
}

function widened(column: SniffedColumn, { value }: Misfit): SniffedColumn {
  const number =
    /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) && !/^\s*[+-]?\d{16,}\s*$/.test(value);
  return { name: column.name, type: column.type === "BIGINT" && number ? "DOUBLE" : "VARCHAR" };
}

function widenReason(columns: readonly SniffedColumn[], { column, value, line, type }: Misfit): Reason {
  const choice = columns.find(({ name }) => name === column)?.type ?? "VARCHAR";
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return {
    about: column,
    choice,
    because: `line ${line.toLocaleString("en")} has ${shown}, which is no ${type} as the values before it are`,
  };
}
