import { splitRecords } from "./csv-records.ts";

export interface Dialect {
  readonly delimiter: string;
  /** Lines before the first record: blank ones, and comments that begin with `#`. */
  readonly skip: number;
  /** Fields of most records. */
  readonly width: number;
  /** Share of the sampled records that have that many. */
  readonly agreement: number;
  readonly sampled: number;
  readonly first: readonly string[];
}

const delimiters = [",", "\t", ";", "|", "\u0001"];

/** The delimiter that splits most records of a text into the same number (≥ 2) of fields; one column else. */
export function detectDialect(text: string, complete: boolean): Dialect {
  const skip = preamble(text);
  const body = skip === 0 ? text : text.split("\n").slice(skip).join("\n");
  const candidates = delimiters.map((delimiter) => ({ ...tried(body, delimiter, complete), skip }));
  const splitting = candidates.filter((dialect) => dialect.width >= 2);
  const best = splitting.sort((a, b) => score(b) - score(a))[0] ?? candidates[0];
  if (best === undefined) throw new Error("no delimiter to try");
  return best;
}

/** Agreement counts most; among equals, the more columns the better. */
function score(dialect: Dialect): number {
  return dialect.agreement + Math.min(dialect.width, 50) / 1000;
}

function tried(text: string, delimiter: string, complete: boolean): Omit<Dialect, "skip"> {
  const records = splitRecords(text, delimiter, 500, complete);
  const counts = new Map<number, number>();
  for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  const agreement = records.length === 0 ? 0 : count / records.length;
  return { delimiter, width, agreement, sampled: records.length, first: records[0] ?? [] };
}

function preamble(text: string): number {
  const lines = text.split("\n", 1000);
  const first = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
  return Math.max(0, first);
}

/** ";" as people call it. */
export function delimiterName(delimiter: string): string {
  const names: Record<string, string> = { ",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe" };
  return names[delimiter] ?? "\\u0001 (Ctrl-A)";
}
