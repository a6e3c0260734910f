/** What a page asks about a table of a kernel cell. */
import type { Profile, SourceColumn, Span, View } from "./source.ts";

export type FileType = "csv" | "parquet";

export type ExploreAsk =
  | { readonly type: "schema" }
  | { readonly type: "count"; readonly view: View }
  | { readonly type: "page"; readonly view: View; readonly rows: Span; readonly columns: Span }
  | { readonly type: "profile"; readonly view: View; readonly column: number }
  | { readonly type: "file"; readonly view: View; readonly as: FileType };

export interface Schema {
  readonly columns: readonly SourceColumn[];
  readonly rowCount: number;
}

/** A page of rows: as Arrow IPC stream bytes, or the values of each column. */
export type EncodedPage =
  | { readonly arrow: Uint8Array }
  | { readonly values: readonly (readonly unknown[])[] };

/** `schema` gives a Schema, `count` a number, `page` an EncodedPage, `profile` a Profile, `file` its bytes. */
export type ExploreAnswer = Schema | number | EncodedPage | Profile | Uint8Array;

/** A column on its way into a file: numbers (dates in ms) with NaN for missing ones, or texts. */
export interface FileColumn {
  readonly name: string;
  readonly type: "BIGINT" | "DOUBLE" | "TIMESTAMP" | "BOOLEAN" | "VARCHAR";
  readonly values: Float64Array | readonly (string | null)[];
}
