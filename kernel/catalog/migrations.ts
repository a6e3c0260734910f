import type { Database } from "better-sqlite3";
import { inputError } from "../notebook/errors.ts";

/** Migration n (from 1) takes a file from `user_version` n - 1 to n. Never change one that has shipped: add one. */
const migrations: readonly string[] = [
  `
  CREATE TABLE databases (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    created_at TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE tables (
    id INTEGER PRIMARY KEY,
    database TEXT NOT NULL COLLATE NOCASE REFERENCES databases(name) ON UPDATE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    format TEXT NOT NULL,
    options TEXT NOT NULL,
    row_count INTEGER,
    bytes INTEGER NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    source TEXT,
    UNIQUE (database, name)
  );

  CREATE TABLE columns (
    table_id INTEGER NOT NULL REFERENCES tables(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    partition INTEGER NOT NULL,
    PRIMARY KEY (table_id, position)
  ) WITHOUT ROWID;

  CREATE TABLE files (
    table_id INTEGER NOT NULL REFERENCES tables(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified REAL NOT NULL,
    row_count INTEGER,
    partition TEXT NOT NULL,
    PRIMARY KEY (table_id, position)
  ) WITHOUT ROWID;

  CREATE TABLE reasons (
    table_id INTEGER NOT NULL REFERENCES tables(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    about TEXT NOT NULL,
    choice TEXT NOT NULL,
    because TEXT NOT NULL,
    PRIMARY KEY (table_id, position)
  ) WITHOUT ROWID;

  CREATE TABLE table_versions (
    database TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL COLLATE NOCASE,
    version INTEGER NOT NULL,
    committed_at TEXT NOT NULL,
    definition TEXT,
    PRIMARY KEY (database, name, version)
  ) WITHOUT ROWID;

  CREATE TABLE crawled_files (
    path TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified REAL NOT NULL,
    shape TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE crawls (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    database TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    summary TEXT,
    failure TEXT
  ) WITHOUT ROWID;

  CREATE VIRTUAL TABLE table_search USING fts5 (
    name, columns, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
  );
  `,
];

/** The format that this program writes. */
export const catalogFormat = migrations.length;

/**
 * Brings the file to `catalogFormat`, one transaction per step; safe when several processes start at once.
 * @throws UserError when the file was written by a newer program.
 */
export function migrate(db: Database): void {
  refuseNewer(db);
  while (formatOf(db) < catalogFormat) db.transaction(step).immediate(db);
}

function step(db: Database): void {
  const format = formatOf(db);
  const migration = migrations[format];
  if (migration === undefined) return;
  db.exec(migration);
  db.pragma(`user_version = ${format + 1}`);
}

function refuseNewer(db: Database): void {
  const format = formatOf(db);
  if (format <= catalogFormat) return;
  throw inputError(
    `catalog file "${db.name}" has format ${format}, this program knows formats up to ${catalogFormat}`,
    "update Percolate, or open the workspace with the version that wrote it; the file was left as it is",
  );
}

function formatOf(db: Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}
