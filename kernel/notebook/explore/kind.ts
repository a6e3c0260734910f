import { isNumeric } from "../display/cell-text.ts";

/** How a column's values are compared. `other`: not at all (lists, structs, bytes …). */
export type ColumnKind = "number" | "date" | "text" | "boolean" | "other";

/** @param type the engine's ("DECIMAL(10,2)", "VARCHAR") or JavaScript's ("number", "date"; "" for objects) */
export function kindOf(type: string): ColumnKind {
  if (/[[\]]|^(STRUCT|MAP|UNION|LIST)\b/i.test(type)) return "other";
  if (isNumeric(type)) return "number";
  if (/^(DATE|TIMESTAMP)/i.test(type)) return "date";
  if (/^BOOL/i.test(type)) return "boolean";
  return /^(VARCHAR|STRING|TEXT|UUID|ENUM|TIME|BIT|JSON|UTF8|MIXED)/i.test(type) ? "text" : "other";
}

/** Whether values of an engine's type may be NaN. */
export function mayBeNaN(type: string): boolean {
  return /^(FLOAT|DOUBLE|REAL)/i.test(type);
}
