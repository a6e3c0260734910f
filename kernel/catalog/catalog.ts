import type { Database } from "better-sqlite3";
import { applyChange, type TableChange } from "./commit.ts";
import { type CrawledFile, readCrawledFiles } from "./crawled-files.ts";
import { type CrawlRecord, readCrawls, writeCrawl } from "./crawls.ts";
import { type DatabaseEntry, listDatabases } from "./databases.ts";
import { readDefinitions } from "./definitions.ts";
import { guarded } from "./errors.ts";
import { resolveTable } from "./resolve.ts";
import { type SearchHit, searchTables } from "./search.ts";
import { openStore } from "./store.ts";
import type { TableDefinition, TableSource } from "./table.ts";
import { listVersions, type TableVersion } from "./versions.ts";
import type { Workspace } from "./workspace.ts";

/** The catalog of a workspace. Several processes may have it open at once; every method sees what is committed. */
export interface Catalog extends TableSource {
  /** The SQLite file, absolute. */
  readonly file: string;
  databases(): readonly DatabaseEntry[];
  table(database: string, name: string): TableDefinition | undefined;
  /** @throws UserError where `ref` ("name" or "database.name") means no table, or several. */
  requireTable(ref: string): TableDefinition;
  /**
   * Commits a change in one transaction; old versions are kept. Given a function, it computes the change from the
   * tables as they are inside the transaction, so that no other process can come between.
   */
  commitTables<C extends TableChange>(change: C | ((tables: readonly TableDefinition[]) => C)): C;
  /** Newest first; also of a removed table. */
  versions(database: string, name: string): readonly TableVersion[];
  search(text: string, limit: number): readonly SearchHit[];
  /** Adds or replaces (by id). */
  recordCrawl(crawl: CrawlRecord): void;
  /** Latest first. */
  crawls(): readonly CrawlRecord[];
  /** What earlier crawls read, by absolute path. */
  crawledFiles(): ReadonlyMap<string, CrawledFile>;
  close(): void;
}

/**
 * Opens the catalog at `.percolate/catalog.db`, making it where there is none.
 * @throws UserError (place and remedy) where the folder is read-only, or the file is damaged or of a newer format.
 */
export function openCatalog(workspace: Workspace): Catalog {
  return new SqliteCatalog(openStore(workspace));
}

class SqliteCatalog implements Catalog {
  readonly #db: Database;
  #dataVersion: unknown;
  #version = 0;
  #tables: { readonly version: number; readonly all: readonly TableDefinition[] } | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  get file(): string {
    return this.#db.name;
  }

  /** `data_version` tells of other connections' commits only; our own raise the counter themselves. */
  version(): number {
    const dataVersion = this.#guarded(() => this.#db.pragma("data_version", { simple: true }));
    if (dataVersion !== this.#dataVersion) {
      this.#dataVersion = dataVersion;
      this.#version++;
    }
    return this.#version;
  }

  tables(): readonly TableDefinition[] {
    const version = this.version();
    if (this.#tables?.version !== version) this.#tables = { version, all: this.#readTables() };
    return this.#tables.all;
  }

  databases(): readonly DatabaseEntry[] {
    return this.#guarded(() => listDatabases(this.#db));
  }

  table(database: string, name: string): TableDefinition | undefined {
    const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
    return this.tables().find((table) => same(table.database, database) && same(table.name, name));
  }

  requireTable(ref: string): TableDefinition {
    return resolveTable(this.tables(), ref);
  }

  commitTables<C extends TableChange>(change: C | ((tables: readonly TableDefinition[]) => C)): C {
    const commit = this.#db.transaction(() => {
      const current = readDefinitions(this.#db);
      const made = typeof change === "function" ? change(current) : change;
      applyChange(this.#db, made, current);
      return made;
    });
    const made = this.#guarded(() => commit.immediate());
    this.#version++;
    return made;
  }

  versions(database: string, name: string): readonly TableVersion[] {
    return this.#guarded(() => listVersions(this.#db, database, name));
  }

  search(text: string, limit: number): readonly SearchHit[] {
    return this.#guarded(() => searchTables(this.#db, text, limit));
  }

  recordCrawl(crawl: CrawlRecord): void {
    this.#guarded(() => writeCrawl(this.#db, crawl));
  }

  crawls(): readonly CrawlRecord[] {
    return this.#guarded(() => readCrawls(this.#db));
  }

  crawledFiles(): ReadonlyMap<string, CrawledFile> {
    return this.#guarded(() => readCrawledFiles(this.#db));
  }

  close(): void {
    this.#db.close();
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.#db.name, work);
  }

  /** One read transaction, so that the four statements see one state. */
  #readTables(): readonly TableDefinition[] {
    return this.#guarded(() => this.#db.transaction(() => readDefinitions(this.#db)).deferred());
  }
}
