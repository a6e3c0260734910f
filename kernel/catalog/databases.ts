import type { Database } from "better-sqlite3";

export interface DatabaseEntry {
  readonly name: string;
  readonly tables: number;
}

/** Databases that hold at least one table, by name. */
export function listDatabases(db: Database): DatabaseEntry[] {
  return db
    .prepare<[], DatabaseEntry>(
      "SELECT database AS name, count(*) AS tables FROM tables GROUP BY database ORDER BY database",
    )
    .all();
}

export function ensureDatabase(db: Database, name: string): void {
  db.prepare("INSERT INTO databases VALUES (?, ?) ON CONFLICT DO NOTHING").run(
    name,
    new Date().toISOString(),
  );
}
