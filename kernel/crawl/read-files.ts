import { join } from "node:path";
import type { CrawledFile } from "../catalog/crawled-files.ts";
import type { CrawlSummary } from "../notebook/api.ts";
import { toFailure } from "../notebook/errors.ts";
import type { GroupedFile } from "./group.ts";
import type { ListedFile, Listing } from "./list.ts";
import type { Progress } from "./progress.ts";
import { readFile } from "./read.ts";
import type { Reader } from "./reader.ts";
import { checkStopped } from "./signal.ts";

export interface FilesRead extends Pick<CrawlSummary, "failures" | "ignored"> {
  /** All that can be read, also those known from before. */
  readonly files: readonly GroupedFile[];
  /** Those that were read now. */
  readonly fresh: readonly CrawledFile[];
  /** Folders that could not be listed, absolute. */
  readonly unlisted: readonly string[];
}

interface Reading {
  readonly listing: Listing;
  readonly known: ReadonlyMap<string, CrawledFile>;
  readonly reader: Reader;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
}

/** Reads every listed file that is new or changed. One file's failure is no other's. @throws UserError "stopped" */
export async function readFiles(reading: Reading): Promise<FilesRead> {
  const { listing, progress } = reading;
  const files: GroupedFile[] = [];
  const fresh: CrawledFile[] = [];
  const failures = [...listing.failures];
  const ignored: string[] = [];
  for (const file of listing.files) {
    checkStopped(reading.signal);
    progress.begin(file);
    const result = await readOne(reading, file);
    if ("failure" in result) failures.push({ path: file.relative, failure: result.failure });
    else if (result.shape === undefined) ignored.push(file.relative);
    else files.push({ file, shape: result.shape });
    if ("shape" in result && result.shape && result.fresh) fresh.push({ ...file, shape: result.shape });
    progress.end(file);
  }
  return {
    files,
    fresh,
    failures,
    ignored,
    unlisted: listing.failures.map(({ path }) => join(listing.root, path)),
  };
}

async function readOne(reading: Reading, file: ListedFile) {
  const { reader, signal, progress } = reading;
  const before = reading.known.get(file.path);
  if (before && before.bytes === file.bytes && before.modified === file.modified)
    return { shape: before.shape, fresh: false };
  const onFraction = (fraction: number) => progress.within(file, fraction);
  try {
    return { shape: await readFile({ file, reader, signal, onFraction }), fresh: true };
  } catch (thrown) {
    checkStopped(signal);
    return { failure: toFailure(thrown) };
  }
}
