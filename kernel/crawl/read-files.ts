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

/** Files read at a time: each holds a thread of Node's pool (4) while DuckDB is at it. */
const lanes = 3;

type Result = Awaited<ReturnType<typeof readOne>>;

/** Reads every listed file that is new or changed. One file's failure is no other's. @throws UserError "stopped" */
export async function readFiles(reading: Reading): Promise<FilesRead> {
  const { listing } = reading;
  const results = await readAll(reading);
  const found = listing.files.flatMap((file, i) => {
    const result = results[i];
    return result ? [{ file, result }] : [];
  });
  const shaped = found.flatMap(({ file, result }) =>
    "shape" in result && result.shape ? [{ file, shape: result.shape, fresh: result.fresh }] : [],
  );
  return {
    files: shaped.map(({ file, shape }) => ({ file, shape })),
    fresh: shaped.filter(({ fresh }) => fresh).map(({ file, shape }) => ({ ...file, shape })),
    failures: [
      ...listing.failures,
      ...found.flatMap(({ file, result }) =>
        "failure" in result ? [{ path: file.relative, failure: result.failure }] : [],
      ),
    ],
    ignored: found.flatMap(({ file, result }) => ("shape" in result && !result.shape ? [file.relative] : [])),
    unlisted: listing.failures.map(({ path }) => join(listing.root, path)),
  };
}

/** The results in the order of the files, whichever is done first. */
async function readAll(reading: Reading): Promise<Result[]> {
  const { files } = reading.listing;
  const results: Result[] = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < files.length; at = next++) {
      const file = files[at];
      if (file) results[at] = await tracked(reading, file);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

async function tracked(reading: Reading, file: ListedFile): Promise<Result> {
  checkStopped(reading.signal);
  reading.progress.begin(file);
  const result = await readOne(reading, file);
  reading.progress.end(file);
  return result;
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
