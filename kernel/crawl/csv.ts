import type { FileColumn, FileShape } from "../catalog/crawled-files.ts";
import type { Reason } from "../catalog/table.ts";
import type { Classified } from "./classify.ts";
import { csvProblem } from "./csv-errors.ts";
import { csvFormatReason } from "./csv-format-reason.ts";
import { decideHeader } from "./csv-header.ts";
import type { CsvOptions } from "./csv-options.ts";
import { type ColumnSample, sampleCsv } from "./csv-sample.ts";
import { scanCsv } from "./csv-scan.ts";
import { sampleRows, sniffTypes } from "./csv-sniff.ts";
import { refineTypes } from "./csv-types.ts";
import type { ReadContext } from "./read-context.ts";
import { verifyText } from "./verify.ts";

type Csv = Extract<Classified, { kind: "csv" }>;

/** Share of a file's time that the check of its bytes takes, for progress. */
const verifyShare = 0.3;

/** Infers a CSV file's dialect, header and types, then validates every value and counts. @throws UserError */
export async function readCsv(context: ReadContext, classified: Csv): Promise<FileShape> {
  const encoding = await encodingOf(context, classified);
  const options = dialectOptions(context, classified, encoding);
  try {
    return await inferred(context, classified, options, encoding);
  } catch (thrown) {
    if (context.signal?.aborted) throw thrown;
    throw await csvProblem(context, thrown, options, classified.head.gzip);
  }
}

async function inferred(
  context: ReadContext,
  { head, dialect }: Csv,
  options: CsvOptions,
  encoding: string,
): Promise<FileShape> {
  const below = await sniffTypes(context, options, true, dialect);
  const header = await decideHeader(context, options, dialect, below.columns);
  const sniffed = header.header ? below : await sniffTypes(context, options, false, dialect);
  const withFormats: CsvOptions = { ...options, header: header.header, ...sniffed.formats };
  const sample = await sampleCsv(context, withFormats, sniffed.columns);
  const refined = refineTypes(sniffed.columns, sample);
  const scanned = await scanCsv(context, withFormats, refined.columns, head.gzip, (fraction) =>
    context.onFraction(verifyShare + (1 - verifyShare) * fraction),
  );
  const reasons: Reason[] = [
    ...csvFormatReason(context.file, head, dialect, encoding),
    header.reason,
    ...sniffed.reasons,
    ...refined.reasons.filter((reason) => !scanned.widened.has(reason.about)),
    ...scanned.reasons,
  ];
  const columns = scanned.columns.map((column, i) => marked(column, sample[i], scanned.rows));
  return { format: "csv", options: withFormats, columns, rowCount: scanned.rows, reasons };
}

/** Marks a column that has no value in the whole file. */
function marked(column: FileColumn, sample: ColumnSample | undefined, rows: number): FileColumn {
  return sample?.values === 0 && rows <= sampleRows ? { ...column, empty: true } : column;
}

async function encodingOf(context: ReadContext, { head }: Csv): Promise<string> {
  if (head.look.kind === "utf-16le") return "utf-16";
  const onFraction = (fraction: number) => context.onFraction(verifyShare * fraction);
  return verifyText(context.file, head, { onFraction, signal: context.signal });
}

/** What differs from a plain comma-separated UTF-8 file, and always delimiter and quotes: the sample may lack them. */
function dialectOptions({ file }: ReadContext, { head, dialect }: Csv, encoding: string): CsvOptions {
  const hidden = head.gzip && !/\.gz$/i.test(file.path);
  return {
    delim: dialect.delimiter,
    quote: '"',
    escape: '"',
    ...(dialect.skip > 0 ? { skip: dialect.skip } : {}),
    ...(encoding === "utf-8" ? {} : { encoding }),
    ...(hidden ? { compression: "gzip" } : {}),
  };
}
