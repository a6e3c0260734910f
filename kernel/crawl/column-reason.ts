import type { Reason } from "../catalog/table.ts";

/** What a reason about a column is `about`; columns may be called "header" or "format" like other things are. */
export function columnTopic(name: string): string {
  return `column ${name}`;
}

export function columnReason(name: string, choice: string, because: string): Reason {
  return { about: columnTopic(name), choice, because };
}
