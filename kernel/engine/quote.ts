/** `sales` → `"sales"` */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `it's` → `'it''s'` */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** An option of a reader as SQL: text quoted, numbers and booleans as they are. */
export const optionValue = (value: string | number | boolean): string =>
  typeof value === "string" ? literal(value) : String(value);
