import { fromColumnar, isColumnar, type TableData, typeOfValues } from "./table-data.ts";

/** An Arquero table: filtered and ordered rows are read through getters. */
interface ArqueroTable {
  columnNames(): readonly string[];
  numRows(): number;
  getter(name: string): (row: number) => unknown;
}

/** An Arrow table as its libraries make it. */
interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): { at(index: number): unknown } | null | undefined;
}

/** The rows of a query result, an Arrow table or an Arquero table; undefined for any other value. Never throws. */
export function tableDataOf(value: unknown): TableData | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    if (isColumnar(value)) return fromColumnar(value);
    if (isArquero(value)) return fromArquero(value);
    return isArrow(value) ? fromArrow(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Rows of an array that are looked at to tell its columns. */
const sampled = 100;

/** An array of plain objects as a table; undefined for any other value, and where a getter would have to run. */
export function arrayTable(value: unknown): TableData | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = value as readonly unknown[];
  const step = Math.max(1, Math.floor(rows.length / sampled));
  const spread = Array.from({ length: Math.min(sampled, rows.length) }, (_, index) => rows[index * step]);
  const sample = [...rows.slice(0, sampled), ...spread];
  if (!sample.every(isPlainRow)) return undefined;
  const names = [...new Set(sample.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({ name, type: commonType(sample.map((row) => row[name])) }));
  return { columns, length: rows.length, value: (row, column) => fieldOf(rows[row], names[column] ?? "") };
}

function isPlainRow(row: unknown): row is Record<string, unknown> {
  if (typeof row !== "object" || row === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(row);
    const plain = prototype === null || (prototype as object).constructor?.name === "Object";
    const own = Object.entries(Object.getOwnPropertyDescriptors(row));
    return plain && own.length > 0 && own.every(([, { get }]) => !get);
  } catch {
    return false;
  }
}

function fieldOf(row: unknown, name: string): unknown {
  return typeof row === "object" && row !== null ? (row as Record<string, unknown>)[name] : undefined;
}

/** The JavaScript type that all values have; "mixed" for several plain ones, "" where there are objects. */
function commonType(values: readonly unknown[]): string {
  const present = values.filter((value) => value !== null && value !== undefined);
  const types = new Set(present.map((value) => typeOfValues([value])));
  if (types.size <= 1 || types.has("")) return types.has("") ? "" : ([...types][0] ?? "");
  return types.has("string") || types.has("boolean") || types.has("date") ? "mixed" : "number";
}

function isArquero(value: object): value is ArqueroTable {
  const { columnNames, numRows, getter } = value as Partial<ArqueroTable>;
  return [columnNames, numRows, getter].every((each) => typeof each === "function");
}

function isArrow(value: object): value is ArrowTable {
  const { numRows, schema, getChild } = value as Partial<ArrowTable>;
  return typeof numRows === "number" && typeof getChild === "function" && Array.isArray(schema?.fields);
}

function fromArquero(table: ArqueroTable): TableData {
  const names = table.columnNames();
  const getters = names.map((name) => table.getter(name));
  return typed(names, table.numRows(), (row, column) => getters[column]?.(row));
}

function fromArrow(table: ArrowTable): TableData {
  const names = table.schema.fields.map(({ name }) => name);
  const vectors = names.map((name) => table.getChild(name));
  return typed(names, table.numRows, (row, column) => vectors[column]?.at(row));
}

function typed(names: readonly string[], length: number, value: TableData["value"]): TableData {
  const rows = Array.from({ length: Math.min(length, 20) }, (_, row) => row);
  const columns = names.map((name, column) => ({
    name,
    type: typeOfValues(rows.map((row) => value(row, column))),
  }));
  return { columns, length, value };
}
