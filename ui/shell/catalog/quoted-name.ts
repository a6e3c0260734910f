import { identifier } from "../../../kernel/notebook/sql-text.ts";

/** A name as SQL reads it. */
export function quotedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : identifier(name);
}
