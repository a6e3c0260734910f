import type { TableColumn } from "../notebook/display/output.ts";
import type { EncodedPage, FileColumn, FileType } from "../notebook/explore/requests.ts";
import type { Span, TableSource, View } from "../notebook/explore/source.ts";

/** The door to a query engine: DuckDB in process by default, others behind the same interface. */
export interface SqlEngine {
  /**
   * Runs one statement. `params` bind `$1`, `$2` … (null, boolean, number, bigint, string, Date, Uint8Array, or an
   * array of these as a LIST). Table names resolve through the catalog at its present version.
   * @throws UserError kind "sql" with line and column in `sql` where the engine tells them; kind "stopped" when
   * `signal` fires.
   */
  query(sql: string, params?: readonly unknown[], options?: QueryOptions): Promise<EngineResult>;
  /** The plan as text. */
  explain(sql: string, params?: readonly unknown[]): Promise<string>;
  /** Ends everything; queries that run fail as "stopped". */
  close(): void;
}

/** The engine over the catalog, which can tell what a query would give. */
export interface CatalogEngine extends SqlEngine {
  /**
   * The columns that a text's last statement would give, without running anything.
   * @param params how many parameters will be bound
   * @throws UserError kind "sql" as `query` does, for what the engine sees before it runs.
   */
  describe(sql: string, params?: number): Promise<readonly TableColumn[]>;
  /** A file of these columns. @throws UserError when it is too large */
  file(columns: readonly FileColumn[], as: FileType, signal?: AbortSignal): Promise<Uint8Array>;
}

export interface QueryOptions {
  readonly signal?: AbortSignal;
}

/** Rows kept by the engine, columnar, until `release`; only what is asked for becomes JavaScript. */
export interface EngineResult {
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** Rows `offset` … `offset + limit` (clipped) as Arrow IPC stream bytes, of these columns or all. Cost follows `limit`. */
  page(offset: number, limit: number, columns?: Span): Promise<Uint8Array>;
  /** All rows as Arrow IPC stream bytes. */
  arrow(): Promise<Uint8Array>;
  /** The rows as a table to look at; once for each result. */
  explore(): ResultSource;
  release(): void;
}

/** A result as the page looks at it. */
export interface ResultSource extends TableSource {
  /** As `page`, ready to be sent. */
  encodedPage(view: View, rows: Span, columns: Span, signal?: AbortSignal): Promise<EncodedPage>;
  /** All rows of a view; null where they are no engine's, and the engine has to write them. */
  file(view: View, as: FileType, signal?: AbortSignal): Promise<Uint8Array | null>;
}
