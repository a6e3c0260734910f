import type { ListedFile } from "./list.ts";
import type { Reader } from "./reader.ts";

/** What the reading of one file needs. */
export interface ReadContext {
  readonly file: ListedFile;
  readonly reader: Reader;
  readonly signal: AbortSignal | undefined;
  /** Told how much of the file is done, 0 … 1. */
  readonly onFraction: (fraction: number) => void;
}
