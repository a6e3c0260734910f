import type { Notebook } from "../../../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../../../kernel/notebook/errors.ts";
import type { Problem as Mistake } from "../../../../../kernel/notebook/language.ts";
import type { CellStates } from "../../cell-states.ts";

export type Severity = "error" | "warning";

/** One thing that is wrong in a cell. */
export interface ProblemLine {
  readonly key: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where in the cell's text: an offset, or a line and column from 1; null for the cell as a whole. */
  readonly at: { readonly offset: number } | { readonly line: number; readonly column: number } | null;
}

export interface CellProblems {
  readonly cell: number;
  readonly name: string | null;
  readonly lines: readonly ProblemLine[];
}

export interface AllProblems {
  /** In the notebook's order; cells without a problem are left out. */
  readonly cells: readonly CellProblems[];
  readonly errors: number;
  readonly warnings: number;
  /** Cells that did not run since one that they use failed. */
  readonly waiting: number;
}

/**
 * All that is wrong in a notebook: failures of runs, and what is seen in the texts. A mistake that is seen where a run
 * failed is the same one. Cells that only use a failed one are counted, not listed.
 */
export function allProblems(
  { cells }: Notebook,
  states: CellStates,
  mistakes: ReadonlyMap<number, readonly Mistake[]>,
): AllProblems {
  const found = cells.map(({ id, name, source }) => {
    const failed = failureLine(states.get(id));
    const seen = (mistakes.get(id) ?? []).flatMap((mistake) => mistakeLine(mistake, source, failed));
    return { cell: id, name, lines: failed ? [failed, ...seen] : seen };
  });
  const lines = found.flatMap((each) => each.lines);
  const errors = lines.filter(({ severity }) => severity === "error").length;
  const waiting = cells.filter(({ id }) => isUpstream(states.get(id))).length;
  return {
    cells: found.filter((each) => each.lines.length > 0),
    errors,
    warnings: lines.length - errors,
    waiting,
  };
}

interface Outcome {
  readonly status: string | null;
  readonly failure?: Failure;
}

function isUpstream(state: Outcome | undefined): boolean {
  return state?.status === "failed" && state.failure?.kind === "upstream";
}

function failureLine(state: Outcome | undefined): ProblemLine | null {
  const failure = state?.status === "failed" ? state.failure : undefined;
  if (!failure || failure.kind === "upstream") return null;
  const { message, line, column = 1 } = failure;
  return {
    key: "failure",
    severity: "error",
    message: message.split("\n", 1)[0] ?? "",
    at: line === undefined ? null : { line, column },
  };
}

function mistakeLine(
  { from, severity, message, code }: Mistake,
  source: string,
  failed: ProblemLine | null,
): ProblemLine[] {
  if (severity !== "error" && severity !== "warning") return [];
  const line = source.slice(0, from).split("\n").length;
  if (severity === "error" && failed?.at && "line" in failed.at && failed.at.line === line) return [];
  return [{ key: `${from} ${code} ${message}`, severity, message, at: { offset: from } }];
}
