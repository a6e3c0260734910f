/** A table of the catalog: where its files lie and how to read them. */
export interface TableDefinition {
  readonly database: string;
  readonly name: string;
  readonly format: TableFormat;
  /** Options of DuckDB's reader for the format: `delim`, `header`, `quote`, `compression`, `dateformat` … */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** In file order; partition columns last. */
  readonly columns: readonly CatalogColumn[];
  readonly files: readonly TableFile[];
  /** Sum over the files, or null while unknown. */
  readonly rowCount: number | null;
  readonly bytes: number;
  /** Rises with each change of the definition. */
  readonly version: number;
  readonly updatedAt: string;
  /** The path that was crawled to find it (absolute), or null. */
  readonly source: string | null;
  /** Every inference that made the definition what it is. */
  readonly reasons: readonly Reason[];
}

export type TableFormat = "csv" | "json" | "ndjson" | "parquet";

export interface CatalogColumn {
  readonly name: string;
  /** DuckDB type: "BIGINT", "VARCHAR", "TIMESTAMP", "STRUCT(a BIGINT)" … */
  readonly type: string;
  /** True for a `key=value` folder level. */
  readonly partition: boolean;
}

export interface TableFile {
  /** Absolute path. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly rowCount: number | null;
  /** Values of the partition columns for this file. */
  readonly partition: Readonly<Record<string, string>>;
}

/** `{about: "header", choice: "yes", because: "row 2 parses as BIGINT in column cups"}` */
export interface Reason {
  readonly about: string;
  readonly choice: string;
  readonly because: string;
}

/** All that the engine needs to know of a catalog. */
export interface TableSource {
  /** Changes whenever any definition does, also through another process. */
  version(): number;
  tables(): readonly TableDefinition[];
}
