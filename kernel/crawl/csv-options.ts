/** Options of DuckDB's `read_csv`, by name. */
export type CsvOptions = Readonly<Record<string, string | number | boolean>>;
