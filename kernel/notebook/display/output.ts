/**
 * What a cell shows, as plain data: it crosses processes, is kept in `.percolate/`, and is drawn by the page and
 * by reports alike.
 */
export type Output =
  | { readonly type: "html"; readonly html: string }
  | ValueOutput
  | { readonly type: "table"; readonly table: TableOutput }
  | { readonly type: "text"; readonly text: string };

/** A value, as far as it is described; the rest is fetched by `entries` and `text` requests when it is opened. */
export interface ValueOutput {
  readonly type: "value";
  readonly value: Description;
  /** Key for those requests in this session; absent when the description is all there is. */
  readonly id?: string;
}

/** An output as it may be kept: keys are good for one session only. */
export function lasting(output: Output): Output {
  if (output.type === "table") return { ...output, table: { ...output.table, id: null } };
  return output.type === "value" ? { type: "value", value: output.value } : output;
}

/** A table shown by its first rows; the rest is fetched by `rows` requests when scrolled to. */
export interface TableOutput {
  /** Key for `rows` requests in this session, or null when only `head` is left (a report, a reopened notebook). */
  readonly id: string | null;
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** First rows as Arrow IPC stream bytes. */
  readonly head: Uint8Array;
}

export interface TableColumn {
  readonly name: string;
  /** The engine's type: "BIGINT", "VARCHAR", "TIMESTAMP" … */
  readonly type: string;
}

/** A value described for people, bounded in depth and size. */
export interface Description {
  readonly kind:
    | "undefined"
    | "null"
    | "boolean"
    | "number"
    | "bigint"
    | "string"
    | "symbol"
    | "date"
    | "regexp"
    | "function"
    | "error"
    | "array"
    | "object"
    | "map"
    | "set"
    | "typedarray"
    | "promise"
    | "circular"
    | "node";
  /** Text of a leaf; class or constructor name of a composite ("Object", "Point", "Float32Array"). */
  readonly text: string;
  /** Elements or entries that a composite has; characters of a string whose text was cut. */
  readonly size?: number;
  /** The first of them, described. Keys of maps are described too. */
  readonly entries?: readonly { readonly key: string | Description; readonly value: Description }[];
}
