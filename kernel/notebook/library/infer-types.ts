/** `typed: "auto"`: one type for each column, as Notebook Kit decides it. */

export type InferredRow = Record<string, unknown>;
type TextRow = Readonly<Record<string, string | undefined>>;

/** ISO dates, and days such as 12/31/2024, with an optional time. */
const datePattern =
  /^([-+]\d{2})?\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{2,4}([T ]\d{2}:\d{2}(:\d{2}(\.\d{3})?)?(Z|[-+]\d{2}:\d{2})?)?$/;

/** Rows that the decision rests on. */
const sampled = 100;

type Kind = "boolean" | "number" | "date";

/** Changes the values of every column of which nine in ten look like one type; the others stay text. */
export function inferTypes(rows: InferredRow[], columns: readonly string[]): InferredRow[] {
  const sample = rows.slice(0, sampled) as readonly TextRow[];
  for (const column of columns) {
    const kind = kindOf(sample.flatMap((row) => row[column]?.trim() || []));
    if (kind === null) continue;
    for (const row of rows) row[column] = converters[kind](String(row[column] ?? "").trim());
  }
  return rows;
}

function kindOf(values: readonly string[]): Kind | null {
  const counts = { boolean: 0, number: 0, date: 0 };
  for (const value of values) {
    const kind = looksLike(value);
    if (kind) counts[kind]++;
  }
  let most = Math.max(1, Math.ceil(values.length * 0.9)) - 1;
  let found: Kind | null = null;
  for (const kind of ["boolean", "number", "date"] as const)
    if (counts[kind] > most) [found, most] = [kind, counts[kind]];
  return found;
}

function looksLike(value: string): Kind | null {
  if (/^(true|false)$/i.test(value)) return "boolean";
  if (!Number.isNaN(Number(value))) return "number";
  return datePattern.test(value) ? "date" : null;
}

const converters: Readonly<Record<Kind, (text: string) => unknown>> = {
  boolean: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : text ? undefined : null),
  number: (text) => (text ? Number(text) : Number.NaN),
  date: (text) => (text ? new Date(datePattern.test(text) ? text : Number.NaN) : null),
};
