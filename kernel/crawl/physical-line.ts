import type { CsvText } from "./csv-text.ts";
import type { ReadContext } from "./read-context.ts";
import { chunksOf } from "./verify.ts";

const quote = 34;
const newline = 10;
const carriageReturn = 13;

/** The line, from 1, of a record as DuckDB's messages number them: blank lines count, line breaks in quotes do not. */
export function lineOfRecord(context: ReadContext, gzip: boolean, record: number): Promise<number> {
  return lineAfter(context, gzip, { records: record - 1, skip: 0, blanks: true });
}

/** The line, from 1, of row `row` (from 1) of the table: header and blank lines are no rows. */
export function lineOfRow({ context, options, columns, gzip }: CsvText, row: number): Promise<number> {
  const records = row - 1 + (options.header === true ? 1 : 0);
  return lineAfter(context, gzip, { records, skip: Number(options.skip ?? 0), blanks: columns.length === 1 });
}

interface Count {
  readonly records: number;
  /** Lines to pass over at first, whatever they hold. */
  readonly skip: number;
  /** A blank line is a record. */
  readonly blanks: boolean;
}

async function lineAfter(context: ReadContext, gzip: boolean, count: Count): Promise<number> {
  const counter = new LineCounter(count);
  for await (const chunk of chunksOf(context.file, gzip, { onFraction: () => {}, signal: context.signal }))
    if (counter.push(chunk)) break;
  return counter.recordLine;
}

class LineCounter {
  /** Where the record that is being read begins. */
  recordLine = 1;
  readonly #count: Count;
  #line = 1;
  #left: number;
  #blank = true;
  #quoted = false;

  constructor(count: Count) {
    this.#count = count;
    this.#left = count.records;
  }

  /** True when the record is found, which is when its first byte is. */
  push(chunk: Buffer): boolean {
    for (const byte of chunk) {
      if (byte === newline) this.#break();
      else if (byte !== carriageReturn) {
        if (this.#blank && this.#left === 0 && this.#line > this.#count.skip) return true;
        this.#blank = false;
        if (byte === quote && this.#line > this.#count.skip) this.#quoted = !this.#quoted;
      }
    }
    return false;
  }

  #break(): void {
    const counts = this.#line > this.#count.skip && (this.#count.blanks || !this.#blank);
    this.#line++;
    if (this.#quoted) return;
    if (counts && this.#left > 0) this.#left--;
    this.#blank = true;
    this.recordLine = this.#line;
  }
}
