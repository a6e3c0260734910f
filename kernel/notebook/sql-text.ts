/** Names and values as SQL. */

/** `sales` → `"sales"` */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `it's` → `'it''s'`; SQL text has no room for NUL. */
export function literal(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(" || chr(0) || ")})`;
}

/** A moment (ms since 1970) as a TIMESTAMP. */
export function timestamp(ms: number): string {
  const text = new Date(ms).toISOString();
  if (!/^\d{4}-/.test(text) || text.startsWith("0000")) return `epoch_ms(${Math.round(ms)})`;
  return `TIMESTAMP '${text.replace("T", " ").replace(/(\.000)?Z$/, "")}'`;
}
