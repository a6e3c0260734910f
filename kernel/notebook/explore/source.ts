import type { TableData } from "../display/table-data.ts";
import type { ColumnKind } from "./kind.ts";

/** Columns or rows from one on, up to (not including) another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface SourceColumn {
  readonly name: string;
  /** The engine's type, or JavaScript's. */
  readonly type: string;
  readonly kind: ColumnKind;
}

export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}

/** A value as conditions and profiles have it: dates in ms since 1970 (UTC), text of text columns whole. */
export type PlainValue = string | number | boolean;

/** What a column's values must be. Bounds of dates are in ms since 1970. */
export type Condition =
  /** Text that has this text in it, in whatever case. */
  | { readonly type: "contains"; readonly text: string }
  | { readonly type: "equals"; readonly text: string }
  /** Numbers or dates; null for no bound. `open`: `to` itself is left out. */
  | {
      readonly type: "range";
      readonly from: number | null;
      readonly to: number | null;
      readonly open?: boolean;
    }
  | { readonly type: "missing"; readonly missing: boolean }
  | { readonly type: "in"; readonly values: readonly PlainValue[] };

export interface Filter {
  readonly column: number;
  readonly condition: Condition;
}

/**
 * Which rows are seen, and in what order: rows that meet all filters, and in which some column has the search text
 * (text contains it in whatever case, a number equals it, the date as "2024-03-31 10:00:00" contains it). Rows that are
 * alike keep their order; missing values come last either way. Columns count from 0.
 */
export interface View {
  readonly sort: readonly Sort[];
  readonly filters: readonly Filter[];
  readonly search: string;
}

export const wholeView: View = { sort: [], filters: [], search: "" };

export function isWhole({ sort, filters, search }: View): boolean {
  return sort.length === 0 && filters.length === 0 && search.trim() === "";
}

/** Values of a number or date column from one on, up to the next bin; the last bin has its end too. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface TopValue {
  readonly value: PlainValue;
  readonly count: number;
}

/**
 * A column's values among the rows of a view. Missing are null and undefined, numbers that are none, and dates that are
 * none or infinite. Bins and top values are those of the whole table, so that views can be compared.
 */
export interface Profile {
  readonly rows: number;
  readonly missing: number;
  /** Null for columns whose values are not compared. */
  readonly distinct: number | null;
  /** Of numbers and dates. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly bins: readonly Bin[];
  /** The most frequent values of text and boolean columns, the most frequent of the whole table first. */
  readonly top: readonly TopValue[];
}

/** At most so many values are told as the most frequent ones. */
export const mostTop = 50;

/**
 * A table that can be looked at in any order, wherever its rows are. Work that takes long ends with `signal`, as kind
 * "stopped"; errors are UserErrors.
 */
export interface TableSource {
  readonly columns: readonly SourceColumn[];
  readonly rowCount: number;
  /** How many rows a view has. */
  count(view: View, signal?: AbortSignal): Promise<number>;
  /** Rows of a view, clipped to those there are; the page's columns are `columns` of the table's. */
  page(view: View, rows: Span, columns: Span, signal?: AbortSignal): Promise<TableData>;
  profile(column: number, view: View, signal?: AbortSignal): Promise<Profile>;
}
