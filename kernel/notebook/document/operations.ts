import type { Cell, NotebookPolicy } from "./notebook.ts";

/** A text change as CodeMirror's `ChangeSet.toJSON()`: over the cell's source. */
export type TextChange = unknown;

/** Fields of a cell that `set` may change. */
export type CellFields = Partial<Omit<Cell, "id" | "source">>;

/** Everything that can be done to a notebook. `after` null means first. */
export type Operation =
  | { readonly type: "insert"; readonly cell: Cell; readonly after: number | null }
  | { readonly type: "delete"; readonly cell: number }
  | { readonly type: "move"; readonly cell: number; readonly after: number | null }
  | { readonly type: "edit"; readonly cell: number; readonly changes: TextChange }
  | { readonly type: "set"; readonly cell: number; readonly fields: CellFields }
  | { readonly type: "title"; readonly title: string }
  | { readonly type: "policy"; readonly run: NotebookPolicy };
