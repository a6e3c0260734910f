import type { Reason } from "../catalog/table.ts";
import { identifier } from "../notebook/sql-text.ts";
import { columnReason } from "./column-reason.ts";
import { misfits } from "./csv-fit.ts";
import type { SniffedColumn } from "./csv-sniff.ts";
import type { CsvText } from "./csv-text.ts";
import { lineOfRow } from "./physical-line.ts";

export interface Widened {
  readonly column: SniffedColumn;
  readonly reason: Reason;
}

/** The next wider type, which is tried before text. */
const wider: Readonly<Record<string, string>> = { BIGINT: "DOUBLE", DATE: "TIMESTAMP" };

/** A name that no column of the file is likely to have. */
const rowNumber = identifier("number of the row, from 1");

/** A type for each of the columns that takes all its values, with the first value that the old one does not take. */
export async function widen(
  text: CsvText,
  columns: readonly SniffedColumn[],
): Promise<ReadonlyMap<string, Widened>> {
  const { context, options, call } = text;
  const parts = columns.flatMap((column, i) => {
    const test = misfits(column, options);
    const value = identifier(column.name);
    return [
      `arg_min(${value}, ${rowNumber}) FILTER (WHERE ${test}) AS v${i}`,
      `min(${rowNumber}) FILTER (WHERE ${test}) AS r${i}`,
      `count_if(${misfits(candidate(column), options)}) AS n${i}`,
    ];
  });
  const [found] = await context.reader.rows(
    `SELECT ${parts.join(", ")} FROM (SELECT *, row_number() OVER () AS ${rowNumber} FROM ${call})`,
  );
  const result = new Map<string, Widened>();
  for (const [i, column] of columns.entries()) {
    const type = Number(found?.[`n${i}`] ?? 0) === 0 ? candidate(column).type : "VARCHAR";
    const line = await lineOfRow(text, Number(found?.[`r${i}`] ?? 1));
    const reason = widenReason(column, type, String(found?.[`v${i}`] ?? ""), line);
    result.set(column.name, { column: { name: column.name, type }, reason });
  }
  return result;
}

function candidate({ name, type }: SniffedColumn): SniffedColumn {
  return { name, type: wider[type] ?? "VARCHAR" };
}

function widenReason(column: SniffedColumn, type: string, value: string, line: number): Reason {
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  const because = `line ${line.toLocaleString("en")} has ${shown}, which is no ${column.type} as the values before it are`;
  return columnReason(column.name, type, because);
}
