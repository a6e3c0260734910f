import type { TableData } from "../display/table-data.ts";
import { jsonValue } from "../table-json.ts";
import type { ColumnKind } from "./kind.ts";
import type { Pace } from "./pace.ts";
import type { FileColumn } from "./requests.ts";
import { numberOf } from "./values.ts";

/** The columns of a table in memory, as they are put into a file. */
export async function fileColumns(
  data: TableData,
  kinds: readonly ColumnKind[],
  pace: Pace,
): Promise<FileColumn[]> {
  const columns: FileColumn[] = [];
  for (const [index, { name }] of data.columns.entries()) {
    const kind = kinds[index] ?? "other";
    const made = await (kind === "text" || kind === "other" ? texts : numbers)(data, index, kind, pace);
    columns.push({ name, ...made });
  }
  return columns;
}

type Made = Omit<FileColumn, "name">;

async function numbers(data: TableData, index: number, kind: ColumnKind, pace: Pace): Promise<Made> {
  const values = new Float64Array(data.length);
  let [whole, exact] = [true, true];
  await pace.each(data.length, (row) => {
    const value = data.value(row, index);
    const number = numberOf(value, kind);
    values[row] = number;
    if (typeof value === "bigint" && !Number.isSafeInteger(number)) exact = false;
    if (whole && !Number.isNaN(number) && !Number.isSafeInteger(number)) whole = false;
  });
  if (!exact) return texts(data, index, kind, pace);
  if (kind === "date") return { type: "TIMESTAMP", values };
  if (kind === "boolean") return { type: "BOOLEAN", values };
  return { type: whole ? "BIGINT" : "DOUBLE", values };
}

/** Lists and objects as JSON. */
async function texts(data: TableData, index: number, _: ColumnKind, pace: Pace): Promise<Made> {
  const values: (string | null)[] = [];
  await pace.each(data.length, (row) => {
    const value = data.value(row, index);
    values.push(value === null || value === undefined ? null : textOf(value));
  });
  return { type: "VARCHAR", values };
}

function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  return JSON.stringify(jsonValue(value)) ?? null;
}
