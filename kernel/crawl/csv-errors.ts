import { UserError } from "../notebook/errors.ts";
import type { CsvOptions } from "./csv-options.ts";
import { delimiterName } from "./dialect.ts";
import { lineOfRecord } from "./physical-line.ts";
import { problems } from "./problems.ts";
import type { ReadContext } from "./read-context.ts";

/** DuckDB's error about a file, in the words and with the remedy that its owner needs. */
export async function csvProblem(
  context: ReadContext,
  thrown: unknown,
  options: CsvOptions,
  gzip: boolean,
): Promise<UserError> {
  if (thrown instanceof UserError) return thrown;
  const { file } = context;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const text = /^Original Line: (.*)$/m.exec(message)?.[1] ?? "";
  const line = await lineOfRecord(context, gzip, lineOf(message));
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (counts) {
    const delimiter = delimiterName(String(options.delim));
    return problems.ragged(
      file,
      line,
      text,
      Number(counts[1]),
      Number(counts[2]),
      `the delimiter (${delimiter})`,
    );
  }
  if (/unterminated quote/i.test(message)) return problems.openQuote(file, line, text);
  if (/invalid state/.test(message)) return problems.mixedNewlines(file);
  if (/Maximum line size/i.test(message)) return problems.longLine(file);
  return problems.other(file, message.split("\n").slice(0, 2).join(" "));
}

function lineOf(message: string): number {
  return Number(/CSV Error on Line: (\d+)/.exec(message)?.[1] ?? 1);
}
