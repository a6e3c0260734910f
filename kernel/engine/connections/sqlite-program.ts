/** What a Node process of its own does for a query of a SQLite file: it can be ended at any time, as SQLite cannot. */

export interface SqliteRequest {
  /** Absolute path, or ":memory:". */
  readonly path: string;
  readonly sql: string;
  /** Values of `$1`, `$2` … by number. */
  readonly params: Readonly<Record<string, unknown>>;
}

export type SqliteAnswer =
  | { readonly names: readonly string[]; readonly columns: readonly (readonly unknown[])[] }
  | { readonly failure: string };

/** What the program uses of better-sqlite3. */
interface Database {
  prepare(sql: string): Statement;
}

interface Statement {
  readonly reader: boolean;
  columns(): readonly { readonly name: string }[];
  raw(): this;
  safeIntegers(): this;
  iterate(params: object): Iterable<readonly unknown[]>;
  run(params: object): unknown;
}

type Open = new (path: string, options: object) => Database;

/** Runs as text in another process: it may name nothing of this file. */
export function sqliteProgram(Open: Open, { path, sql, params }: SqliteRequest): SqliteAnswer {
  try {
    const memory = path === ":memory:";
    const database = new Open(path, memory ? {} : { readonly: true, fileMustExist: true });
    const statement = database.prepare(sql);
    if (!statement.reader) {
      statement.run(params);
      return { names: [], columns: [] };
    }
    const names = statement.columns().map(({ name }) => name);
    const columns = names.map((): unknown[] => []);
    for (const row of statement.safeIntegers().raw().iterate(params)) {
      for (let i = 0; i < columns.length; i++) columns[i]?.push(row[i]);
    }
    return { names, columns };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
