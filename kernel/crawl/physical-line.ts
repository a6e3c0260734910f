import type { ReadContext } from "./read.ts";
import { chunksOf } from "./verify.ts";

const quote = 34;
const newline = 10;

/**
 * The line of a file at which its record number `record` begins (both from 1). DuckDB counts records, a person's
 * editor counts lines; they differ where quoted values hold line breaks.
 */
export async function physicalLine(context: ReadContext, gzip: boolean, record: number): Promise<number> {
  let line = 1;
  let seen = 1;
  let quoted = false;
  for await (const chunk of chunksOf(context.file, gzip, { onFraction: () => {}, signal: context.signal })) {
    for (const byte of chunk) {
      if (seen >= record) return line;
      if (byte === quote) quoted = !quoted;
      else if (byte === newline) {
        line++;
        if (!quoted) seen++;
      }
    }
  }
  return line;
}
