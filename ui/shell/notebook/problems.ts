import type { Notebook } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { CellStates } from "./cell-states.ts";

/** A cell that failed of itself. */
export interface Problem {
  readonly cell: number;
  readonly name: string | null;
  readonly failure: Failure;
}

export interface Problems {
  /** In the order of the notebook. */
  readonly list: readonly Problem[];
  /** How many cells wait for these. */
  readonly waiting: number;
}

/** What is wrong in a notebook; cells that only use a failed one are counted, not listed. */
export function problemsOf({ cells }: Notebook, states: CellStates): Problems {
  const failed = cells.flatMap(({ id, name }) => {
    const { status, failure } = states.get(id) ?? {};
    return failure && status === "failed" ? [{ cell: id, name, failure }] : [];
  });
  const list = failed.filter(({ failure }) => failure.kind !== "upstream");
  return { list, waiting: failed.length - list.length };
}

/** The problem after (or before) the one in a cell, round the notebook; `from` null: the first (or last) one. */
export function nextProblem(
  { cells }: Notebook,
  list: readonly Problem[],
  from: number | null,
  step: 1 | -1,
): Problem | undefined {
  const order = new Map(cells.map(({ id }, index) => [id, index]));
  const rank = (id: number) => order.get(id) ?? -1;
  if (from === null) return list.at(step > 0 ? 0 : -1);
  if (step > 0) return list.find(({ cell }) => rank(cell) > rank(from)) ?? list[0];
  return list.findLast(({ cell }) => rank(cell) < rank(from)) ?? list.at(-1);
}
