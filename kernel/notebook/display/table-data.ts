import type { TableColumn } from "./output.ts";

/** Rows of a table as tables are drawn from them, wherever they come from. */
export interface TableData {
  readonly columns: readonly TableColumn[];
  readonly length: number;
  /** Value in row `row` of the column at `column`, both from 0. */
  value(row: number, column: number): unknown;
}

/** What a query result looks like: columns with types, and vectors by name. */
export interface ColumnarResult {
  readonly columns: readonly TableColumn[];
  readonly length: number;
  getChild(name: string): { at(index: number): unknown } | null | undefined;
}

export function isColumnar(value: unknown): value is ColumnarResult {
  if (typeof value !== "object" || value === null) return false;
  try {
    const { columns, getChild } = value as Partial<ColumnarResult>;
    return typeof getChild === "function" && Array.isArray(columns) && columns.every(isColumn);
  } catch {
    return false;
  }
}

function isColumn(column: unknown): boolean {
  return typeof column === "object" && column !== null && "name" in column && "type" in column;
}

export function fromColumnar(result: ColumnarResult): TableData {
  const vectors = result.columns.map((column) => result.getChild(column.name));
  return {
    columns: result.columns,
    length: result.length,
    value: (row, column) => vectors[column]?.at(row),
  };
}

/** Plain row objects as a table; the columns are the keys of the first hundred rows. */
export function fromRows(rows: readonly object[]): TableData {
  const names = new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)));
  const columns = Array.from(names, (name) => ({ name, type: typeOf(rows, name) }));
  return {
    columns,
    length: rows.length,
    value: (row, column) => field(rows[row], columns[column]?.name ?? ""),
  };
}

function field(row: unknown, name: string): unknown {
  return typeof row === "object" && row !== null ? (row as Record<string, unknown>)[name] : undefined;
}

function typeOf(rows: readonly object[], name: string): string {
  return typeOfValues(rows.slice(0, 100).map((row) => field(row, name)));
}

/** The JavaScript type of the first value that is there: "number", "date", "string" …; "" for objects. */
export function typeOfValues(values: readonly unknown[]): string {
  const first = values.find((value) => value !== null && value !== undefined);
  if (first instanceof Date) return "date";
  return first === undefined || typeof first === "object" ? "" : typeof first;
}
