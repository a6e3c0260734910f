import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { resolve } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import type { CrawledFile } from "../catalog/crawled-files.ts";
import type { CrawlProgress, CrawlSummary } from "../notebook/api.ts";
import { inputError } from "../notebook/errors.ts";
import { type Listing, listFiles } from "./list.ts";
import { planTables } from "./plan.ts";
import { Progress } from "./progress.ts";
import { type FilesRead, readFiles } from "./read-files.ts";
import { Reader } from "./reader.ts";
import { isWithin } from "./scope.ts";
import { checkStopped } from "./signal.ts";
import { summaryOf } from "./summary.ts";

export interface CrawlOptions {
  readonly catalog: Catalog;
  /** A folder or one file. */
  readonly path: string;
  /** "main" unless told. */
  readonly database?: string;
  readonly onProgress?: (progress: CrawlProgress) => void;
  readonly signal?: AbortSignal;
  /** Reads every file again, also those that did not change since the last crawl. */
  readonly everything?: boolean;
}

/**
 * Makes tables of the files at `path`. What changes in the catalog is committed in one transaction at the end; a
 * file that cannot be read is named in the summary's `failures`, and the others are taken.
 * @throws UserError where `path` cannot be read or the catalog not written; kind "stopped" when `signal` fires,
 * which leaves the catalog as it was.
 */
export async function crawl(options: CrawlOptions): Promise<CrawlSummary> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const path = resolve(options.path);
  const database = databaseName(options.database ?? "main");
  const progress = new Progress(options.onProgress);
  const listing = listFiles(path);
  progress.listed(listing.files);
  const read = await readAll(options, listing, progress);
  checkStopped(options.signal);
  progress.commit();
  const found = { path, root: listing.root, database, files: read.files, unlisted: read.unlisted };
  const change = options.catalog.commitTables((tables) => {
    const plan = planTables(found, tables);
    const summary = summaryOf(database, plan, read, started);
    const files = { read: read.fresh, gone: goneFiles(options.catalog, path, read) };
    return { ...plan, files, crawl: record(path, startedAt, summary) };
  });
  return change.crawl.summary;
}

async function readAll(options: CrawlOptions, listing: Listing, progress: Progress): Promise<FilesRead> {
  // Each query listens, and several run at a time.
  if (options.signal) setMaxListeners(0, options.signal);
  const reader = new Reader(options.signal);
  try {
    const known = options.everything ? new Map<string, CrawledFile>() : options.catalog.crawledFiles();
    return await readFiles({ listing, known, reader, progress, signal: options.signal });
  } finally {
    reader.close();
  }
}

function databaseName(name: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return name;
  throw inputError(
    `"${name}" cannot be the name of a database`,
    'use letters, digits and "_", and begin with a letter',
  );
}

/** Files that an earlier crawl read and that are not there, or not readable, any more. */
function goneFiles(catalog: Catalog, path: string, read: FilesRead): string[] {
  const present = new Set(read.files.map(({ file }) => file.path));
  const within = [...catalog.crawledFiles().keys()].filter((known) => isWithin(known, path));
  return within.filter(
    (known) => !present.has(known) && !read.unlisted.some((folder) => isWithin(known, folder)),
  );
}

function record(path: string, startedAt: string, summary: CrawlSummary) {
  return {
    id: randomUUID(),
    path,
    database: summary.database,
    state: "succeeded" as const,
    startedAt,
    endedAt: new Date().toISOString(),
    summary,
    failure: null,
  };
}
