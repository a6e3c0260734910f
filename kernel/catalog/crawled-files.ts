import type { Database } from "better-sqlite3";
import type { Reason, TableFormat } from "./table.ts";

/** What reading one file told. Kept, so that the next crawl need not read an unchanged file. */
export interface FileShape {
  readonly format: TableFormat;
  /** Options of DuckDB's reader, see TableDefinition.options. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly columns: readonly FileColumn[];
  readonly rowCount: number;
  readonly reasons: readonly Reason[];
}

export interface FileColumn {
  readonly name: string;
  readonly type: string;
  /** It has no value in this file, so that any type would do. */
  readonly empty?: boolean;
}

export interface CrawledFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
  readonly shape: FileShape;
}

/** Raise when inference changes, so that files are read again with it. */
const inference = 1;

interface FileRow {
  path: string;
  bytes: number;
  modified: number;
  shape: string;
}

/** Files read by earlier crawls, by path. */
export function readCrawledFiles(db: Database): Map<string, CrawledFile> {
  const rows = db.prepare<[], FileRow>("SELECT * FROM crawled_files").all();
  const files = new Map<string, CrawledFile>();
  for (const row of rows) {
    const kept: { inference: number; shape: FileShape } = JSON.parse(row.shape);
    if (kept.inference === inference) files.set(row.path, { ...row, shape: kept.shape });
  }
  return files;
}

export function writeCrawledFiles(db: Database, read: readonly CrawledFile[], gone: readonly string[]): void {
  const put = db.prepare("INSERT OR REPLACE INTO crawled_files VALUES (?, ?, ?, ?)");
  const remove = db.prepare("DELETE FROM crawled_files WHERE path = ?");
  for (const path of gone) remove.run(path);
  for (const { path, bytes, modified, shape } of read) {
    put.run(path, bytes, modified, JSON.stringify({ inference, shape }));
  }
}
