import type { Failure } from "../errors.ts";
import type { NotebookImport } from "./notebook-import.ts";

/** What the compiler knows of a cell. Depends on mode, source, output, database and format alone. */
export interface CompiledCell {
  /** Free names of the cell, builtins included (`display`, `Plot`, `invalidation` …), in order of first use. */
  readonly inputs: readonly string[];
  /** Names of `inputs` in the body, where they differ: of values of other notebooks, in cells of other notebooks. */
  readonly parameters?: readonly string[];
  /** Top-level names that it defines, in order. */
  readonly outputs: readonly string[];
  /**
   * Body of an async function whose parameters are `inputs`, and which returns `{out1, out2, …}`: an object of
   * `outputs` as they are when the body ends. Strict code. Line k+`lineOffset` of the body is line k of the author's
   * text, columns unchanged, so that positions are the author's; `lineOffset` is 1 for every cell.
   *
   * expression   `display(await (EXPR))`, then `{}`: the value is awaited, then displayed. It is left to `display`,
   *              where `autodisplay` is set, to show what a generator yields one after another. An expression that
   *              uses `display` or `view` itself is evaluated and not displayed.
   * md, html     `display(await md(strings, ...values))`: a call of the template tag. `strings` and `strings.raw` are
   *              the author's text, every character of it; only the last of an odd number of backslashes before
   *              `${` goes, and makes it text.
   * sql          the same with `sql(strings, ...values)` or, on a connection, `sql.database("name")(strings, ...values)`.
   *              A `${…}` is a bound value wherever it stands, in a SQL string or comment too, as in Observable.
   */
  readonly body: string;
  readonly lineOffset: number;
  /** Whether the body's one call of `display` shows the cell's value, rather than what the author displays. */
  readonly autodisplay?: boolean;
  /**
   * Modules of static imports, each once. The body gets them before anything else by
   * `await $import("module", {names, line, column, with?})` (`ImportOptions`), and dynamic imports by
   * `$import(module, options?)` and `$import.meta`; `$import` is then an input.
   */
  readonly imports: readonly string[];
  /** Literal modules of dynamic imports. */
  readonly dynamicImports?: readonly string[];
  /** Imports of values of other notebooks: these are inputs, and not among `imports`. */
  readonly notebookImports?: readonly NotebookImport[];
  /** Present when the cell is exactly `const NAME = view(Inputs.KIND(…))`. */
  readonly parameter?: Parameter;
  /** Set when the cell cannot run; inputs and outputs are then as far as known (empty when the text cannot be read). */
  readonly failure?: Failure;
}

/** A notebook's parameter, as far as its cell's text tells. */
export interface Parameter {
  readonly name: string;
  /** The Inputs function, "range", "select", "text" … */
  readonly input: string;
  readonly type: "number" | "string" | "boolean" | "date" | "list" | "json";
  /** Label given in the options, if literal. */
  readonly label?: string;
  /** Default value, if literal. */
  readonly default?: unknown;
  /** Allowed values, if literal (select, radio, checkbox). */
  readonly options?: readonly unknown[];
  /** Limits, if literal (range, number, date). */
  readonly min?: number | string;
  readonly max?: number | string;
  readonly step?: number;
}
