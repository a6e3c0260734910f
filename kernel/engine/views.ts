import type { TableDefinition, TableSource } from "../catalog/table.ts";
import { identifier } from "../notebook/sql-text.ts";
import { scanSql } from "./scan.ts";
import type { Token } from "./statements.ts";

/** The database whose tables need no qualification: DuckDB's default schema. */
export const DEFAULT_DATABASE = "main";

/** Words that ask for the list of tables. */
const LISTING = new Set([
  "show",
  "information_schema",
  "duckdb_views",
  "duckdb_tables",
  "duckdb_columns",
  "sqlite_master",
]);

type Run = (sql: string) => Promise<unknown>;

interface View {
  readonly schema: string;
  readonly name: string;
  readonly table: TableDefinition;
}

/** Makes the catalog's tables known to DuckDB: a view each, defined when first named, and again when it changes. */
export class CatalogViews {
  #source: TableSource;
  #run: Run;
  #version: number | undefined;
  #byName = new Map<string, TableDefinition[]>();
  #tables: readonly TableDefinition[] = [];
  #defined = new Map<string, { readonly view: View; readonly scan: string }>();
  #failures = new Map<string, unknown>();
  #scans = new WeakMap<TableDefinition, string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: TableSource, run: Run) {
    this.#source = source;
    this.#run = run;
  }

  get tables(): readonly TableDefinition[] {
    return this.#tables;
  }

  /** Tables of any database with this name, whatever its case. */
  named(name: string): readonly TableDefinition[] {
    return this.#byName.get(name.toLowerCase()) ?? [];
  }

  /** Why the view of a table could not be made, if so. */
  failure(schema: string, name: string): unknown {
    return this.#failures.get(keyOf(schema, name));
  }

  /** Defines, redefines and drops views so that `tokens` mean what the catalog says now. One call at a time. */
  prepare(tokens: readonly Token[]): Promise<void> {
    const turn = this.#turn.then(() => this.#prepare(tokens));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #prepare(tokens: readonly Token[]): Promise<void> {
    await this.#refresh();
    const words = new Set(tokens.map((token) => token.value.toLowerCase()));
    const all = [...LISTING].some((word) => words.has(word));
    const tables = all ? this.#tables : [...words].flatMap((word) => this.#byName.get(word) ?? []);
    for (const table of tables) for (const view of this.#viewsOf(table)) await this.#define(view);
  }

  async #refresh(): Promise<void> {
    const version = this.#source.version();
    if (version === this.#version) return;
    this.#version = version;
    this.#tables = this.#source.tables();
    this.#byName = byName(this.#tables);
    this.#failures.clear();
    const wanted = new Map(
      this.#tables.flatMap((table) => this.#viewsOf(table)).map((view) => [viewKey(view), view]),
    );
    for (const [key, { view }] of [...this.#defined]) await this.#redefine(key, view, wanted.get(key));
  }

  async #redefine(key: string, old: View, wanted: View | undefined): Promise<void> {
    if (wanted) return this.#define(wanted);
    this.#defined.delete(key);
    await this.#run(`DROP VIEW IF EXISTS ${qualified(old)}`).catch(() => undefined);
  }

  /** Kept: the text of a table with thousands of files is long. */
  #scan(table: TableDefinition): string {
    const scan = this.#scans.get(table) ?? scanSql(table);
    this.#scans.set(table, scan);
    return scan;
  }

  /** A table has a view in its database, and one in the default database if no other table has its name. */
  #viewsOf(table: TableDefinition): View[] {
    const own = { schema: table.database, name: table.name, table };
    const alone = this.named(table.name).length === 1;
    if (table.database.toLowerCase() === DEFAULT_DATABASE || !alone) return [own];
    return [own, { ...own, schema: DEFAULT_DATABASE }];
  }

  async #define(view: View): Promise<void> {
    const key = viewKey(view);
    const scan = this.#scan(view.table);
    if (this.#defined.get(key)?.scan === scan) return;
    this.#defined.delete(key);
    try {
      if (view.schema !== DEFAULT_DATABASE)
        await this.#run(`CREATE SCHEMA IF NOT EXISTS ${identifier(view.schema)}`);
      await this.#run(`CREATE OR REPLACE VIEW ${qualified(view)} AS ${scan}`);
      this.#defined.set(key, { view, scan });
      this.#failures.delete(key);
    } catch (error) {
      // Kept for when the query turns out to need it: the name may as well be a column or a table of the user's own.
      this.#failures.set(key, error);
      await this.#run(`DROP VIEW IF EXISTS ${qualified(view)}`).catch(() => undefined);
    }
  }
}

function byName(tables: readonly TableDefinition[]): Map<string, TableDefinition[]> {
  const groups = new Map<string, TableDefinition[]>();
  for (const table of tables) {
    const name = table.name.toLowerCase();
    groups.set(name, [...(groups.get(name) ?? []), table]);
  }
  return groups;
}

const qualified = (view: View): string => `${identifier(view.schema)}.${identifier(view.name)}`;
const keyOf = (schema: string, name: string): string => `${schema.toLowerCase()}\n${name.toLowerCase()}`;
const viewKey = (view: View): string => keyOf(view.schema, view.name);
