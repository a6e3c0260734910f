import type { TableColumn } from "../../kernel/notebook/display/output.ts";
import type { TableData } from "../../kernel/notebook/display/table-data.ts";

/** Rows for a table view, here already or still to be fetched. */
export interface Rows {
  readonly columns: readonly TableColumn[];
  readonly length: number;
  /** The row, or undefined while it is not here. */
  at(row: number): { readonly data: TableData; readonly index: number } | undefined;
  /** These rows (`from` ≤ row < `to`) are visible. */
  need(from: number, to: number): void;
  /** Why the last fetch failed, until another succeeds. */
  readonly failure: string | null;
  /** Fetches again what failed. */
  retry(): void;
  /** Called when rows have come, or a fetch failed. */
  onChange: () => void;
}

/** Rows that are all in memory. */
export function memoryRows(data: TableData): Rows {
  return {
    columns: data.columns,
    length: data.length,
    failure: null,
    at: (index) => ({ data, index }),
    need: () => undefined,
    retry: () => undefined,
    onChange: () => undefined,
  };
}
