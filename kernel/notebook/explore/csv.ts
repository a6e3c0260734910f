import type { TableData } from "../display/table-data.ts";
import { jsonValue } from "../table-json.ts";
import type { Pace } from "./pace.ts";

/** A table as CSV with a header, in parts: missing values are empty, an empty text is quoted. */
export async function csvParts(data: TableData, pace: Pace): Promise<readonly string[]> {
  const parts = [`${data.columns.map(({ name }) => field(name)).join(",")}\n`];
  let part = "";
  await pace.each(data.length, (row) => {
    part += `${data.columns.map((_, column) => field(data.value(row, column))).join(",")}\n`;
    if (part.length < 1_000_000) return;
    parts.push(part);
    part = "";
  });
  return [...parts, part];
}

function field(value: unknown): string {
  const text = fieldText(value);
  return text === "" ? '""' : /[",\r\n]/.test(text ?? "") ? `"${text?.replaceAll('"', '""')}"` : (text ?? "");
}

function fieldText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : dateText(value);
  return typeof value === "object" ? (JSON.stringify(jsonValue(value)) ?? null) : String(value);
}

/** As DuckDB writes it: "2024-03-31 10:00:00". */
const dateText = (date: Date) =>
  date
    .toISOString()
    .replace("T", " ")
    .replace(/(\.000)?Z$/, "");
