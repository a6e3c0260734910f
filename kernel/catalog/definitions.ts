import type { Database } from "better-sqlite3";
import type { CatalogColumn, Reason, TableDefinition, TableFile, TableFormat } from "./table.ts";

interface TableRow {
  id: number;
  database: string;
  name: string;
  format: TableFormat;
  options: string;
  row_count: number | null;
  bytes: number;
  version: number;
  updated_at: string;
  source: string | null;
}

interface FileRow {
  table_id: number;
  path: string;
  bytes: number;
  modified: number;
  row_count: number | null;
  partition: string;
}

/** Every definition, by database and name. Four statements, whatever the number of tables. */
export function readDefinitions(db: Database): TableDefinition[] {
  const columns = grouped(db.prepare<[], Row>("SELECT * FROM columns ORDER BY table_id, position").all());
  const files = grouped(db.prepare<[], Row>("SELECT * FROM files ORDER BY table_id, position").all());
  const reasons = grouped(db.prepare<[], Row>("SELECT * FROM reasons ORDER BY table_id, position").all());
  const tables = db.prepare<[], TableRow>("SELECT * FROM tables ORDER BY database, name").all();
  return tables.map((row) => ({
    database: row.database,
    name: row.name,
    format: row.format,
    options: JSON.parse(row.options),
    columns: (columns.get(row.id) ?? []).map(toColumn),
    files: (files.get(row.id) ?? []).map(toFile),
    rowCount: row.row_count,
    bytes: row.bytes,
    version: row.version,
    updatedAt: row.updated_at,
    source: row.source,
    reasons: (reasons.get(row.id) ?? []).map(toReason),
  }));
}

type Row = { table_id: number } & Record<string, unknown>;

function grouped(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.table_id);
    if (group) group.push(row);
    else groups.set(row.table_id, [row]);
  }
  return groups;
}

const toColumn = (row: Row): CatalogColumn => ({
  name: String(row.name),
  type: String(row.type),
  partition: row.partition === 1,
});

function toFile(row: Row): TableFile {
  const file = row as unknown as FileRow;
  return {
    path: file.path,
    bytes: file.bytes,
    modified: file.modified,
    rowCount: file.row_count,
    partition: JSON.parse(file.partition),
  };
}

const toReason = (row: Row): Reason => ({
  about: String(row.about),
  choice: String(row.choice),
  because: String(row.because),
});

/** Puts one definition in place of the one with its name, parts and all. Call inside a transaction. */
export function writeDefinition(db: Database, table: TableDefinition): number {
  deleteDefinition(db, table.database, table.name);
  const id = Number(
    db
      .prepare("INSERT INTO tables VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run(
        table.database,
        table.name,
        table.format,
        JSON.stringify(table.options),
        table.rowCount,
        table.bytes,
        table.version,
        table.updatedAt,
        table.source,
      ).lastInsertRowid,
  );
  writeColumns(db, id, table.columns);
  writeFiles(db, id, table.files);
  writeReasons(db, id, table.reasons);
  return id;
}

function writeColumns(db: Database, id: number, columns: readonly CatalogColumn[]): void {
  const insert = db.prepare("INSERT INTO columns VALUES (?, ?, ?, ?, ?)");
  columns.forEach((column, i) => {
    insert.run(id, i, column.name, column.type, column.partition ? 1 : 0);
  });
}

function writeFiles(db: Database, id: number, files: readonly TableFile[]): void {
  const insert = db.prepare("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)");
  files.forEach((file, i) => {
    insert.run(id, i, file.path, file.bytes, file.modified, file.rowCount, JSON.stringify(file.partition));
  });
}

function writeReasons(db: Database, id: number, reasons: readonly Reason[]): void {
  const insert = db.prepare("INSERT INTO reasons VALUES (?, ?, ?, ?, ?)");
  reasons.forEach((reason, i) => {
    insert.run(id, i, reason.about, reason.choice, reason.because);
  });
}

/** Its id, when there was one. Call inside a transaction. */
export function deleteDefinition(db: Database, database: string, name: string): number | undefined {
  return db
    .prepare<[string, string], { id: number }>(
      "DELETE FROM tables WHERE database = ? AND name = ? RETURNING id",
    )
    .get(database, name)?.id;
}
