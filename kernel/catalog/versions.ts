import type { Database } from "better-sqlite3";
import type { TableDefinition } from "./table.ts";

export interface TableVersion {
  readonly version: number;
  readonly committedAt: string;
  /** Null where this version is the table's removal. */
  readonly definition: TableDefinition | null;
}

interface VersionRow {
  version: number;
  committed_at: string;
  definition: string | null;
}

/** Newest first; also of a table that was removed. */
export function listVersions(db: Database, database: string, name: string): TableVersion[] {
  return db
    .prepare<[string, string], VersionRow>(
      "SELECT version, committed_at, definition FROM table_versions WHERE database = ? AND name = ? ORDER BY version DESC",
    )
    .all(database, name)
    .map((row) => ({
      version: row.version,
      committedAt: row.committed_at,
      definition: row.definition === null ? null : JSON.parse(row.definition),
    }));
}

/** Counts on after a removal, so that a name's versions never repeat. */
export function nextVersion(db: Database, database: string, name: string): number {
  const row = db
    .prepare<[string, string], { last: number | null }>(
      "SELECT max(version) AS last FROM table_versions WHERE database = ? AND name = ?",
    )
    .get(database, name);
  return (row?.last ?? 0) + 1;
}

export function keepVersion(
  db: Database,
  table: { readonly database: string; readonly name: string; readonly version: number },
  definition: TableDefinition | null,
): void {
  db.prepare("INSERT INTO table_versions VALUES (?, ?, ?, ?, ?)").run(
    table.database,
    table.name,
    table.version,
    new Date().toISOString(),
    definition === null ? null : JSON.stringify(definition),
  );
}
