import type { Reason } from "../catalog/table.ts";
import { identifier, literal } from "../notebook/sql-text.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { SniffedColumn } from "./csv-sniff.ts";
import type { Dialect } from "./dialect.ts";
import type { ReadContext } from "./read-context.ts";
import { readerCall } from "./sql.ts";

export interface HeaderDecision {
  readonly header: boolean;
  readonly reason: Reason;
}

interface Cell {
  readonly text: string;
  readonly column: SniffedColumn;
  /** The cell parses as what the rows below it are. */
  readonly fits: boolean;
}

/**
 * Is row 1 a header? Decided by comparing it with the rows below, and said in words.
 * @param columns types of the rows below row 1
 */
export async function decideHeader(
  context: ReadContext,
  options: CsvOptions,
  dialect: Dialect,
  columns: readonly SniffedColumn[],
): Promise<HeaderDecision> {
  const cells = await compared(context, dialect.first, columns);
  const typed = cells.filter((cell) => cell.column.type !== "VARCHAR" && cell.text !== "");
  const text = typed.filter((cell) => !cell.fits);
  if (years(cells)) return decision(true, "row 1 counts years up, as the names of a wide table's columns do");
  if (text.length > typed.length - text.length && text[0]) return textAboveValues(text[0], dialect);
  const fitting = typed.find((cell) => cell.fits);
  if (fitting) return decision(false, valueInRow1(fitting));
  return allText(context, options, dialect, columns);
}

function decision(header: boolean, because: string): HeaderDecision {
  return { header, reason: { about: "header", choice: header ? "yes" : "no", because } };
}

function textAboveValues(cell: Cell, dialect: Dialect): HeaderDecision {
  const row = dialect.skip > 0 ? "the next row" : "row 2";
  return decision(
    true,
    `${row} parses as ${cell.column.type} in column ${cell.column.name} where row 1 is text`,
  );
}

function valueInRow1(cell: Cell): string {
  return `row 1 has the value ${JSON.stringify(cell.text)}, which parses as ${cell.column.type} like the rows below it`;
}

async function compared(
  context: ReadContext,
  first: readonly string[],
  columns: readonly SniffedColumn[],
): Promise<Cell[]> {
  const cells = columns.map((column, i) => ({ column, text: (first[i] ?? "").trim() }));
  const tests = cells.map(({ text, column }) => fits(text, column.type));
  const open = tests.flatMap((test, i) => (typeof test === "string" ? [`${test} AS f${i}`] : []));
  const [row] = open.length > 0 ? await context.reader.rows(`SELECT ${open.join(", ")}`) : [];
  return cells.map((cell, i) => ({ ...cell, fits: tests[i] === true || row?.[`f${i}`] === true }));
}

/**
 * A number stands for any number; a date for any date, in whatever format. An SQL condition where only DuckDB can
 * tell: what begins with a letter is a value of no type but for a few words.
 */
function fits(text: string, type: string): boolean | string {
  const numeric = /INT|DOUBLE|DECIMAL/.test(type);
  if (type === "VARCHAR") return /^[+-]?\d+([.,]\d+)*$/.test(text);
  if (/^(DATE|TIMESTAMP)/.test(type) && /^\d[\d\W]*\d$/.test(text)) return true;
  if (!/^[+-]?[.\d]/.test(text) && !valueWords.test(text)) return false;
  return `(try_cast(${literal(text)} AS ${numeric ? "DOUBLE" : type}) IS NOT NULL)`;
}

const valueWords = /^[+-]?(true|false|t|f|yes|no|y|n|on|off|nan|inf|infinity|epoch)$/i;

/** "country,2019,2020,2021": numbers, and yet a header. */
function years(cells: readonly Cell[]): boolean {
  const numbers = cells.map((cell) => cell.text).filter((text) => /^(1[89]|20)\d\d$/.test(text));
  const named = cells.some((cell) => /\p{L}/u.test(cell.text));
  const counting = numbers.every((year, i) => i === 0 || Number(year) === Number(numbers[i - 1]) + 1);
  return named && numbers.length >= 2 && numbers.length >= cells.length - 2 && counting;
}

/** All columns are text, so types tell nothing; names are distinct and do not come again as values. */
async function allText(
  context: ReadContext,
  options: CsvOptions,
  dialect: Dialect,
  columns: readonly SniffedColumn[],
): Promise<HeaderDecision> {
  const cells = dialect.first.map((cell) => cell.trim());
  const odd = cells.find((cell, i) => cell === "" && i < cells.length - 1);
  if (odd !== undefined) return decision(false, "all columns are text, and row 1 has an empty field");
  const number = cells.find((cell) => /^[+-]?\d+([.,]\d+)*$/.test(cell));
  if (number) return decision(false, `row 1 has the number ${number}`);
  if (new Set(cells.map((cell) => cell.toLowerCase())).size < cells.length)
    return decision(false, "all columns are text, and row 1 has the same text twice");
  const long = cells.find((cell) => cell.length > 100);
  if (long) return decision(false, "all columns are text, and row 1 has a field longer than any name");
  const again = await repeated(context, options, columns, dialect.first);
  if (again !== undefined)
    return decision(false, `all columns are text, and "${again}" of row 1 comes again in the rows below it`);
  return decision(
    true,
    "all columns are text, and row 1 has distinct short names that do not come again below it",
  );
}

/** A cell of row 1 that is also a value of its column, or undefined. */
async function repeated(
  context: ReadContext,
  options: CsvOptions,
  columns: readonly SniffedColumn[],
  first: readonly string[],
): Promise<string | undefined> {
  const text = columns.map((column) => ({ name: column.name, type: "VARCHAR" }));
  const call = readerCall(
    "read_csv",
    context.file.path,
    { ...options, header: true, auto_detect: false, ignore_errors: true },
    text,
  );
  const tests = text.map(
    (column, i) =>
      `coalesce(bool_or(${identifier(column.name)} = ${literal(first[i] ?? "")}), false) AS r${i}`,
  );
  const [row] = await context.reader.rows(`SELECT ${tests.join(", ")} FROM (FROM ${call} LIMIT 1000)`);
  return first.find((_, i) => row?.[`r${i}`] === true);
}
