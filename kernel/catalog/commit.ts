import type { Database } from "better-sqlite3";
import { type CrawledFile, writeCrawledFiles } from "./crawled-files.ts";
import { type CrawlRecord, writeCrawl } from "./crawls.ts";
import { ensureDatabase } from "./databases.ts";
import { deleteDefinition, writeDefinition } from "./definitions.ts";
import { indexTable, unindexTable } from "./search.ts";
import type { TableDefinition } from "./table.ts";
import { keepVersion, nextVersion } from "./versions.ts";

/** What one transaction changes. */
export interface TableChange {
  /** New or changed definitions; `version` and `updatedAt` are set on commit. One equal to what is there is no change. */
  readonly put: readonly TableDefinition[];
  readonly remove: readonly { readonly database: string; readonly name: string }[];
  /** Files read, to be known by the next crawl, and paths to forget. */
  readonly files?: { readonly read: readonly CrawledFile[]; readonly gone: readonly string[] };
  readonly crawl?: CrawlRecord;
}

/** The whole change, or nothing of it. Call inside a transaction. */
export function applyChange(db: Database, change: TableChange, current: readonly TableDefinition[]): void {
  const known = new Map(current.map((table) => [keyOf(table), table]));
  for (const gone of change.remove) {
    removeTable(db, gone.database, gone.name);
    known.delete(keyOf(gone));
  }
  for (const table of change.put) if (!sameDefinition(known.get(keyOf(table)), table)) putTable(db, table);
  if (change.files) writeCrawledFiles(db, change.files.read, change.files.gone);
  if (change.crawl) writeCrawl(db, change.crawl);
}

function keyOf(table: { readonly database: string; readonly name: string }): string {
  return JSON.stringify([table.database.toLowerCase(), table.name.toLowerCase()]);
}

/** Equal in everything but version and time. */
export function sameDefinition(a: TableDefinition | undefined, b: TableDefinition): boolean {
  return a !== undefined && content(a) === content(b);
}

function content(table: TableDefinition): string {
  return JSON.stringify([
    table.database,
    table.name,
    table.format,
    Object.entries(table.options).sort(),
    table.columns.map(({ name, type, partition }) => [name, type, partition]),
    table.files.map((file) => [file.path, file.bytes, file.modified, file.rowCount, file.partition]),
    table.rowCount,
    table.bytes,
    table.source,
    table.reasons.map(({ about, choice, because }) => [about, choice, because]),
  ]);
}

function putTable(db: Database, table: TableDefinition): void {
  ensureDatabase(db, table.database);
  const { database, name } = table;
  const version = nextVersion(db, database, name);
  const definition = { ...table, version, updatedAt: new Date().toISOString() };
  forget(db, database, name);
  indexTable(db, writeDefinition(db, definition), definition);
  keepVersion(db, definition, definition);
}

function removeTable(db: Database, database: string, name: string): void {
  if (!forget(db, database, name)) return;
  keepVersion(db, { database, name, version: nextVersion(db, database, name) }, null);
}

function forget(db: Database, database: string, name: string): boolean {
  const id = deleteDefinition(db, database, name);
  if (id === undefined) return false;
  unindexTable(db, id);
  return true;
}
