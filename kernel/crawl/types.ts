import type { TableFormat } from "../catalog/table.ts";

const integers = ["UTINYINT", "TINYINT", "USMALLINT", "SMALLINT", "UINTEGER", "INTEGER", "UBIGINT", "BIGINT"];

/** The type that takes the values of both without loss of meaning, or undefined where they are of different kinds. */
export function commonType(a: string, b: string): string | undefined {
  if (a === b) return a;
  const [x, y] = [integers.indexOf(a), integers.indexOf(b)];
  if (x >= 0 && y >= 0) return widerInteger(a, b);
  if (isNumber(a) && isNumber(b)) return "DOUBLE";
  if (isMoment(a) && isMoment(b))
    return a.includes("ZONE") || b.includes("ZONE") ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
  return undefined;
}

/** What values of different kinds are read as; undefined where the format cannot. */
export function fallbackType(format: TableFormat): string | undefined {
  return { csv: "VARCHAR", json: "JSON", ndjson: "JSON", parquet: undefined }[format];
}

function widerInteger(a: string, b: string): string {
  const unsigned = [a, b].filter((type) => type.startsWith("U"));
  if (unsigned.length === 2) return integers.indexOf(a) > integers.indexOf(b) ? a : b;
  if (unsigned.includes("UBIGINT")) return "HUGEINT";
  return "BIGINT";
}

function isNumber(type: string): boolean {
  return integers.includes(type) || /^(FLOAT|DOUBLE|DECIMAL)/.test(type);
}

function isMoment(type: string): boolean {
  return type === "DATE" || type.startsWith("TIMESTAMP");
}
