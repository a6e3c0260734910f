/**
 * Splits CSV text into records of fields, up to `limit` records. A record that the end of `text` cuts off is left
 * out unless `complete`. Blank lines are left out.
 */
export function splitRecords(text: string, delimiter: string, limit: number, complete: boolean): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    const record = recordAt(text, at, delimiter);
    if (record.end >= text.length && !complete && !text.endsWith("\n")) break;
    if (record.fields.length > 1 || record.fields[0] !== "") records.push(record.fields);
    at = record.end;
  }
  return records;
}

interface Scanned {
  readonly fields: string[];
  /** Index after the record's line break. */
  readonly end: number;
}

function recordAt(text: string, start: number, delimiter: string): Scanned {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const { value, end } = text[at] === '"' ? quotedAt(text, at, delimiter) : plainAt(text, at, delimiter);
    fields.push(value);
    if (text[end] !== delimiter) return { fields, end: afterBreak(text, end) };
    at = end + 1;
  }
}

function plainAt(text: string, start: number, delimiter: string): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(start, end), end };
}

function quotedAt(text: string, start: number, delimiter: string): { value: string; end: number } {
  let end = start + 1;
  while (end < text.length) {
    if (text[end] !== '"') end++;
    else if (text[end + 1] === '"') end += 2;
    else break;
  }
  const value = text.slice(start + 1, end).replaceAll('""', '"');
  const rest = plainAt(text, end + 1, delimiter);
  return { value: value + rest.value, end: rest.end };
}

function afterBreak(text: string, at: number): number {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}
