import type { TableColumn } from "../notebook/display/output.ts";

/** What a cell of a SQL type is in TypeScript, as QueryResult reads it; every one may be null. */
const plain: Readonly<Record<string, string>> = {
  BOOLEAN: "boolean",
  TINYINT: "number",
  SMALLINT: "number",
  INTEGER: "number",
  BIGINT: "number",
  HUGEINT: "number",
  UTINYINT: "number",
  USMALLINT: "number",
  UINTEGER: "number",
  UBIGINT: "number",
  UHUGEINT: "number",
  FLOAT: "number",
  DOUBLE: "number",
  VARCHAR: "string",
  UUID: "string",
  BIT: "string",
  TIME: "string",
  TIMETZ: "string",
  "TIME WITH TIME ZONE": "string",
  DATE: "Date",
  TIMESTAMP: "Date",
  TIMESTAMP_S: "Date",
  TIMESTAMP_MS: "Date",
  TIMESTAMP_NS: "Date",
  "TIMESTAMP WITH TIME ZONE": "Date",
  TIMESTAMPTZ: "Date",
  BLOB: "Uint8Array",
  INTERVAL: "{ months: number; days: number; micros: number }",
  JSON: "string",
};

/** The type of a row with these columns, in TypeScript. */
export function rowType(columns: readonly TableColumn[]): string {
  return `{ ${columns.map(({ name, type }) => `${JSON.stringify(name)}: ${valueType(type)}`).join("; ")} }`;
}

/** The TypeScript type of a SQL type, as DuckDB writes it: `STRUCT(a INTEGER, b VARCHAR[])`. */
export function valueType(sql: string): string {
  const type = sql.trim();
  if (/\[\d*\]$/.test(type)) return `(${valueType(type.replace(/\[\d*\]$/, ""))})[]`;
  const [, name = type, inner] = /^([A-Z_ ]+)\((.*)\)$/s.exec(type) ?? [];
  if (inner !== undefined) return nested(name.trim(), inner) ?? "any";
  return plain[type] ?? "any";
}

function nested(name: string, inner: string): string | undefined {
  switch (name) {
    case "DECIMAL":
      return "number";
    case "ENUM":
      return parts(inner).map(textLiteral).join(" | ");
    case "STRUCT":
      return `{ ${parts(inner).map(field).join("; ")} }`;
    case "MAP": {
      const [key = "", value = ""] = parts(inner);
      return `Map<${valueType(key)}, ${valueType(value)}>`;
    }
    default:
      return plain[name];
  }
}

function field(text: string): string {
  const [, quoted, word, type = ""] = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text.trim()) ?? [];
  return `${JSON.stringify(quoted?.replaceAll('""', '"') ?? word ?? "")}: ${valueType(type)}`;
}

function textLiteral(sql: string): string {
  return JSON.stringify(sql.trim().replace(/^'|'$/g, "").replaceAll("''", "'"));
}

/** The parts of a list, split at the commas that stand in no parentheses or quotes. */
function parts(list: string): string[] {
  const found: string[] = [];
  let [depth, quote, part] = [0, "", ""];
  for (const character of list) {
    if (quote) quote = character === quote ? "" : quote;
    else if (`"'`.includes(character)) quote = character;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    if (character === "," && depth === 0 && !quote) [part] = ["", found.push(part)];
    else part += character;
  }
  return part.trim() === "" ? found : [...found, part];
}
