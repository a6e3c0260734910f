import { globEscape, optionValue } from "../engine/scan.ts";
import { identifier, literal } from "../notebook/sql-text.ts";

/** A path as DuckDB's readers want it: they take it for a glob pattern. */
export function pathLiteral(path: string): string {
  return literal(globEscape(path));
}

/** `read_csv('path', header=true, columns={"a": 'BIGINT'})` */
export function readerCall(
  reader: "read_csv" | "sniff_csv" | "read_json" | "read_parquet",
  path: string,
  options: Readonly<Record<string, string | number | boolean>>,
  columns?: readonly { readonly name: string; readonly type: string }[],
): string {
  // Folders such as year=2024 are the crawl's to interpret, not the reader's.
  const all = { ...options, hive_partitioning: false };
  const settings = Object.entries(all).map(([name, value]) => `${name}=${optionValue(value)}`);
  if (columns)
    settings.push(`columns={${columns.map((c) => `${identifier(c.name)}: ${literal(c.type)}`).join(", ")}}`);
  return `${reader}(${[pathLiteral(path), ...settings].join(", ")})`;
}
