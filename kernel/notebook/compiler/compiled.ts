import type { Failure } from "../errors.ts";

/** What the compiler knows of a cell. Depends on mode, source, output and database alone. */
export interface CompiledCell {
  /** Free names of the cell, builtins included (`display`, `Plot`, `invalidation` …), in order of first use. */
  readonly inputs: readonly string[];
  /** Top-level names that it defines, in order. */
  readonly outputs: readonly string[];
  /**
   * Body of an async function whose parameters are `inputs`, and which returns `{out1, out2, …}`: an object of
   * `outputs` (for an expression cell: `{}`, after `display(value)`; `display` is then among the inputs).
   * Line k+`lineOffset` of the body is line k of the author's text, columns unchanged, so that positions are the
   * author's.
   */
  readonly body: string;
  readonly lineOffset: number;
  /** Modules of static imports, in order; the body gets them through `await $import("spec")`; `$import` is then an input. */
  readonly imports: readonly string[];
  /** Present when the cell is exactly `const NAME = view(Inputs.KIND(…))`, whether or not it is exported to the outside. */
  readonly parameter?: Parameter;
  /** Set when the cell cannot run; inputs and outputs are then as far as known (empty on a syntax error). */
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
