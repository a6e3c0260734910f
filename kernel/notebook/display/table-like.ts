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
