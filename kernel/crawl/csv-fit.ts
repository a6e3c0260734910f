import { optionValue } from "../engine/scan.ts";
import { identifier } from "../notebook/sql-text.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { SniffedColumn } from "./csv-sniff.ts";

/**
 * An SQL condition on a column that is read as text: the value is lost or changed when read as the column's type.
 * Fractions of a BIGINT, the time of a DATE, the offset of a TIMESTAMP and the zeros before a code all pass a plain
 * cast.
 */
export function misfits({ name, type }: SniffedColumn, options: CsvOptions): string {
  const value = identifier(name);
  if (type === "VARCHAR") return "false";
  const format = { DATE: options.dateformat, TIMESTAMP: options.timestampformat }[type];
  if (format !== undefined) return some(value, `try_strptime(${value}, ${optionValue(format)}) IS NULL`);
  return some(value, `try_cast(${value} AS ${type}) IS NULL`, ...(lossy[type]?.(value) ?? []));
}

const padded = (value: string) =>
  `(${value} LIKE '0_%' AND ${value} NOT LIKE '0.%' AND ${value} NOT LIKE '0e%' AND ${value} NOT LIKE '0E%')`;

const lossy: Readonly<Record<string, (value: string) => string[]>> = {
  BIGINT: (value) => [`contains(${value}, '.')`, padded(value)],
  DOUBLE: (value) => [
    padded(value),
    `(length(${value}) >= 19 AND regexp_full_match(${value}, '[+-]?\\d{19,}'))`,
  ],
  DATE: (value) => [`length(trim(${value})) > 10`],
  TIMESTAMP: (value) => [
    `(length(${value}) > 16 AND regexp_matches(${value}, '(Z|[+-]\\d\\d(:?\\d\\d)?)\\s*$'))`,
  ],
};

function some(value: string, ...conditions: string[]): string {
  return `(${value} IS NOT NULL AND (${conditions.join(" OR ")}))`;
}
