import { type Cell, modes } from "../document/notebook.ts";
import type { RunCell } from "../document/run-cell.ts";
import { UserError } from "../errors.ts";
import type { CompiledCell } from "./compiled.ts";
import { failedCell } from "./emit.ts";
import { compileLoader } from "./loader.ts";
import { compileObservable } from "./observable.ts";
import { compiledIn } from "./origin.ts";
import { compileScript } from "./script.ts";
import { compileTemplate } from "./template.ts";

export type CellText = Pick<Cell, "mode" | "source" | "output" | "database" | "id" | "name"> & {
  readonly format?: string | null;
} & Pick<RunCell, "origin" | "notebooks" | "refusal">;

/** Cells never change, new ones take their place: each is compiled once, however many ask. */
const known = new WeakMap<CellText, CompiledCell>();

/** Compiles a cell. Never throws for what the author wrote: such a failure is in the result. */
export function compile(cell: CellText): CompiledCell {
  const before = known.get(cell);
  if (before) return before;
  const compiled = compileAnew(cell);
  known.set(cell, compiled);
  return compiled;
}

function compileAnew(cell: CellText): CompiledCell {
  const compiled = compileText(cell);
  const { refusal, origin } = cell;
  const judged =
    refusal && !compiled.failure ? failedCell(refusal, compiled.inputs, compiled.outputs) : compiled;
  return origin ? compiledIn(origin.notebook, judged) : judged;
}

function compileText(cell: CellText): CompiledCell {
  try {
    return compileMode(cell);
  } catch (thrown) {
    if (thrown instanceof UserError) return failedCell(thrown.failure);
    if (thrown instanceof RangeError) return failedCell(tooDeep);
    throw thrown;
  }
}

function compileMode(cell: CellText): CompiledCell {
  switch (cell.mode) {
    case "ts":
    case "js":
      return compileScript(cell);
    case "md":
    case "html":
    case "sql":
    case "tex":
    case "dot":
      return compileTemplate(cell);
    case "ojs":
      return compileObservable(cell);
    case "node":
    case "python":
    case "r":
      return compileLoader(cell);
    default:
      return unknownMode(cell.mode);
  }
}

const tooDeep = {
  kind: "syntax",
  message: "the cell is nested too deeply to be compiled",
  remedy: "split it into several expressions or cells",
} as const;

function unknownMode(mode: string): CompiledCell {
  return failedCell({
    kind: "input",
    message: `cells of mode ${JSON.stringify(mode)} cannot be run here`,
    remedy: `change the mode to one of ${modes.join(", ")}; the text of the cell is kept as it is`,
  });
}
