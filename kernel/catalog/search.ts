import type { Database } from "better-sqlite3";
import type { TableDefinition } from "./table.ts";

export interface SearchHit {
  readonly database: string;
  readonly name: string;
  /** Names of the columns that hold one of the words looked for. */
  readonly columns: readonly string[];
}

/** Makes a table findable. Call inside a transaction. */
export function indexTable(db: Database, id: number, table: TableDefinition): void {
  db.prepare("INSERT INTO table_search (rowid, name, columns) VALUES (?, ?, ?)").run(
    id,
    searchable(table.name),
    table.columns.map((column) => searchable(column.name)).join(" "),
  );
}

export function unindexTable(db: Database, id: number): void {
  db.prepare("DELETE FROM table_search WHERE rowid = ?").run(id);
}

/**
 * Tables in whose name or column names every word of `text` begins a word, best first: `cust` finds `customer_link`
 * and `newCustomerId`.
 */
export function searchTables(db: Database, text: string, limit: number): SearchHit[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const query = words.map((word) => `"${word}"*`).join(" AND ");
  const found = db
    .prepare<[string, number], { id: number; database: string; name: string }>(
      `SELECT tables.id, database, tables.name FROM table_search JOIN tables ON tables.id = table_search.rowid
       WHERE table_search MATCH ? ORDER BY bm25(table_search, 10, 1), database, tables.name LIMIT ?`,
    )
    .all(query, limit);
  return found.map(({ id, database, name }) => ({ database, name, columns: matching(db, id, words) }));
}

function matching(db: Database, id: number, words: readonly string[]): string[] {
  const names = db
    .prepare<[number], string>("SELECT name FROM columns WHERE table_id = ? ORDER BY position")
    .pluck()
    .all(id);
  return names.filter((name) =>
    wordsOf(searchable(name)).some((part) => words.some((word) => part.startsWith(word))),
  );
}

/** `newCustomerId` also as `new Customer Id`; FTS5 splits at `_`, `-` and `.` by itself. */
function searchable(name: string): string {
  const split = name.replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, "$1 ");
  return split === name ? name : `${name} ${split}`;
}

/** As FTS5 sees them: lower case, without accents. */
function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{Mn}/gu, "");
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
