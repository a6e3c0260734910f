/** A value as JSON can hold it. Dates are left to JSON itself. */
export function jsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (value instanceof Map) return jsonEntries(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, jsonValue);
  return Array.isArray(value) ? value.map(jsonValue) : jsonEntries(Object.entries(value));
}

const jsonEntries = (entries: Iterable<readonly [unknown, unknown]>): Record<string, unknown> =>
  Object.fromEntries(Array.from(entries, ([key, item]) => [String(key), jsonValue(item)]));
