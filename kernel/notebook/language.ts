/** What an editor asks of the language service, and what it is answered. Offsets are in a cell's text, in UTF-16 units. */

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface CellSpan extends Span {
  readonly cell: number;
}

/** A change of a cell's text. */
export interface TextEdit extends CellSpan {
  readonly insert: string;
}

export type LanguageRequest =
  | { readonly type: "complete"; readonly cell: number; readonly at: number; readonly trigger: string | null }
  /** More about an item of the last completion; `data` is the item's. */
  | { readonly type: "explain"; readonly cell: number; readonly data: unknown }
  | { readonly type: "hover"; readonly cell: number; readonly at: number }
  | { readonly type: "signature"; readonly cell: number; readonly at: number }
  | { readonly type: "definition"; readonly cell: number; readonly at: number }
  | { readonly type: "references"; readonly cell: number; readonly at: number }
  /** `name` null: what would be renamed, a Span. */
  | { readonly type: "rename"; readonly cell: number; readonly at: number; readonly name: string | null }
  | { readonly type: "format"; readonly cell: number }
  | { readonly type: "fixes"; readonly cell: number; readonly from: number; readonly to: number }
  /** The variables that are rows with named columns. */
  | { readonly type: "tables" };

/** What `complete` answers. */
export interface Completions {
  /** The text that an item replaces. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
  /** Whether another letter may bring items that are not among these. */
  readonly partial?: true;
}

export interface Completion {
  readonly label: string;
  /** "variable", "property", "method", "function", "keyword", "class", "type", "module", "text", "table", "column" … */
  readonly kind: string;
  readonly detail?: string;
  /** Text to insert, if not the label. */
  readonly insert?: string;
  /** Items are ordered by this, then by label. */
  readonly sort: string;
  /** To be given back to `explain`; absent where there is nothing more to tell. */
  readonly data?: unknown;
}

/** What `explain` answers: Markdown, and edits that belong to the item (an import). */
export interface Explanation {
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

/** What `hover` answers. */
export interface Hover extends Span {
  /** Markdown. */
  readonly text: string;
}

/** What `signature` answers. */
export interface Signature {
  readonly label: string;
  /** Part of the label that is the present parameter. */
  readonly parameter: Span | null;
  /** Markdown. */
  readonly text: string;
  /** Which of how many overloads, from 1. */
  readonly index: number;
  readonly count: number;
}

/** What `definition` answers: a place in the notebook, or in a file. */
export type Definition = CellSpan | { readonly file: string; readonly line: number };

/** What `rename` answers. */
export interface Renaming {
  readonly edits: readonly TextEdit[];
  /** The cell whose result has the name, if it is no code that defines it. */
  readonly output: { readonly cell: number; readonly name: string } | null;
}

/** What `fixes` answers. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface TableField {
  readonly name: string;
  readonly kind: "number" | "text" | "date" | "boolean" | "other";
}

/** What `tables` answers, one of each variable. */
export interface NamedTable {
  readonly name: string;
  /** Cell that defines it. */
  readonly cell: number;
  readonly fields: readonly TableField[];
}

/** A mistake that is seen without running anything. */
export interface Problem extends Span {
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly message: string;
  /** TypeScript's number of it, or null. */
  readonly code: number | null;
}
