import type { CsvOptions } from "./csv-options.ts";
import type { SniffedColumn } from "./csv-sniff.ts";
import type { ReadContext } from "./read-context.ts";

/** A CSV file with its dialect, to be read as text: casts in the reader round, cut and drop without a word. */
export interface CsvText {
  readonly context: ReadContext;
  readonly options: CsvOptions;
  readonly columns: readonly SniffedColumn[];
  readonly gzip: boolean;
  /** The call of the reader with all columns as VARCHAR. */
  readonly call: string;
}
