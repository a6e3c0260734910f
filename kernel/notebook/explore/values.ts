/** Values of columns in memory, as they are compared. */
import type { ColumnKind } from "./kind.ts";

/** A number, or NaN if there is none: of numbers, dates (ms) and booleans. */
export function numberOf(value: unknown, kind: ColumnKind): number {
  if (value === null || value === undefined) return Number.NaN;
  if (kind === "boolean") return typeof value === "boolean" ? Number(value) : Number.NaN;
  if (kind === "date") return dateOf(value);
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function dateOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
}

/** A text, or null if there is none. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return typeof value === "object" ? null : String(value);
}

/** Small letters, one for each: as DuckDB makes them, whatever stands around. */
export function lower(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => Array.from(character.toLowerCase())[0] ?? character).join("");
}

/** "2024-03-31 10:00:00" (UTC), as dates are searched. */
export function dateSearchText(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "");
}

/** The number that a search text is, thousands separators allowed. */
export function searchedNumber(search: string): number | null {
  const text = search.trim().replaceAll(",", "");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}
