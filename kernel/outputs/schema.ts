import type Database from "better-sqlite3";

/** Rises when the tables change: older ones are dropped, since nothing in them is the only copy. */
const version = 2;

const tables = `
  DROP TABLE IF EXISTS outputs;
  DROP TABLE IF EXISTS shown;
  DROP TABLE IF EXISTS results;
  DROP TABLE IF EXISTS heights;
  CREATE TABLE shown (
    id INTEGER PRIMARY KEY,
    used INTEGER NOT NULL,
    notebook TEXT NOT NULL,
    cell INTEGER NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (notebook, cell)
  ) STRICT;
  CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    used INTEGER NOT NULL,
    notebook TEXT NOT NULL,
    cell INTEGER NOT NULL,
    code TEXT NOT NULL,
    inputs TEXT NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (notebook, cell, code, inputs)
  ) STRICT;
  CREATE TABLE heights (
    notebook TEXT NOT NULL,
    cell INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (notebook, cell)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shown_used ON shown (used, bytes);
  CREATE INDEX results_used ON results (used, bytes);
`;

/** Makes the tables, unless they are there. */
export function makeTables(database: Database.Database): void {
  const make = database.transaction(() => {
    if (database.pragma("user_version", { simple: true }) === version) return;
    database.exec(tables);
    database.pragma(`user_version = ${version}`);
  });
  make.immediate();
}
