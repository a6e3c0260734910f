import type { CatalogColumn, TableDefinition } from "../catalog/table.ts";
import { identifier, literal } from "../notebook/sql-text.ts";

/**
 * The query that reads a table: one call of DuckDB's reader over all files, with the catalog's columns, types and
 * dialect. Nothing is detected again, so the result has exactly the definition's columns, in its order.
 */
export function scanSql(table: TableDefinition): string {
  if (table.files.length === 0) return emptyScan(table.columns);
  const reader = { csv: "read_csv", json: "read_json", ndjson: "read_json", parquet: "read_parquet" }[
    table.format
  ];
  const given = Object.entries(table.options).map(
    ([name, value]) => `${identifier(name)} = ${optionValue(value)}`,
  );
  const settings = [fileList(table), ...readerSettings(table), ...partitionSettings(table), ...given];
  return `SELECT ${projection(table)} FROM ${reader}(${settings.join(", ")})`;
}

/** An option of a reader as SQL: text quoted, numbers and booleans as they are. */
export const optionValue = (value: string | number | boolean): string =>
  typeof value === "string" ? literal(value) : String(value);

/** A path as DuckDB's readers want it: they take it for a glob pattern. */
export const globEscape = (path: string): string => path.replace(/[*?[]/g, "[$&]");

function fileList(table: TableDefinition): string {
  return `[${table.files.map((file) => literal(globEscape(file.path))).join(", ")}]`;
}

function readerSettings(table: TableDefinition): string[] {
  if (table.format === "parquet") return [];
  // `columns` goes by position; CSV files that differ in their columns are read by name, with `types`.
  const types = table.format === "csv" && table.options.union_by_name === true ? "types" : "columns";
  const explicit = [
    "auto_detect = false",
    `${types} = {${columnTypes(table.columns.filter((c) => !c.partition))}}`,
  ];
  if (table.format === "csv") return explicit;
  return [...explicit, ...jsonSettings(table)];
}

function jsonSettings(table: TableDefinition): string[] {
  const format = table.format === "ndjson" ? "newline_delimited" : "auto";
  return [
    ...("format" in table.options ? [] : [`format = '${format}'`]),
    ...("records" in table.options ? [] : ["records = true"]),
  ];
}

function partitionSettings(table: TableDefinition): string[] {
  const keys = table.columns.filter((column) => column.partition);
  if (keys.length === 0) return ["hive_partitioning = false"];
  return ["hive_partitioning = true", "hive_types_autocast = false", `hive_types = {${columnTypes(keys)}}`];
}

const columnTypes = (columns: readonly CatalogColumn[]): string =>
  columns.map((column) => `${literal(column.name)}: ${literal(column.type)}`).join(", ");

/** Parquet files bring types of their own, which the catalog overrules; the other readers are told the types. */
function projection(table: TableDefinition): string {
  const cast = (column: CatalogColumn): string => {
    const name = identifier(column.name);
    return table.format === "parquet" && !column.partition
      ? `CAST(${name} AS ${column.type}) AS ${name}`
      : name;
  };
  return table.columns.map(cast).join(", ");
}

function emptyScan(columns: readonly CatalogColumn[]): string {
  const nothing = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${identifier(column.name)}`);
  return `SELECT ${nothing.join(", ")} WHERE false`;
}
