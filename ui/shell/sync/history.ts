import { ChangeSet } from "@codemirror/state";
import { applyAll } from "../../../kernel/notebook/document/apply.ts";
import { invertAll } from "../../../kernel/notebook/document/invert.ts";
import type { Notebook } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { rebase } from "../../../kernel/notebook/document/rebase.ts";

/** One step of undo: what takes it back. */
interface Step {
  readonly operations: readonly Operation[];
  /** Milliseconds of its last change. */
  readonly at: number;
}

/** What this user did and took back, for the whole notebook: text and structure alike. Others' work is never undone. */
export interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export const emptyHistory: History = { done: [], undone: [] };

const mostSteps = 300;
/** Typing with shorter pauses (ms) is one step. */
const pause = 600;

/** After operations of this user. @param before notebook that they were applied to */
export function record(
  history: History,
  before: Notebook,
  operations: readonly Operation[],
  at: number,
): History {
  const inverse = invertAll(before, operations);
  if (inverse.length === 0) return history;
  const last = history.done.at(-1);
  const joined = last && at - last.at < pause ? joinTyping(inverse, last.operations) : null;
  const done = joined
    ? [...history.done.slice(0, -1), { operations: joined, at }]
    : [...history.done.slice(1 - mostSteps), { operations: inverse, at }];
  return { done, undone: [] };
}

/** Two text changes of one cell as one, or null. The first is applied first. */
function joinTyping(first: readonly Operation[], then: readonly Operation[]): readonly Operation[] | null {
  const [a, b] = [first[0], then[0]];
  if (first.length !== 1 || then.length !== 1 || a?.type !== "edit" || b?.type !== "edit") return null;
  if (a.cell !== b.cell) return null;
  const changes = ChangeSet.fromJSON(a.changes).compose(ChangeSet.fromJSON(b.changes));
  return [{ type: "edit", cell: a.cell, changes: changes.toJSON() }];
}

export interface Undone {
  readonly history: History;
  /** To apply to the notebook now. */
  readonly operations: readonly Operation[];
}

/** Takes the last step back, or null if there is none. */
export function undo({ done, undone }: History, notebook: Notebook): Undone | null {
  const step = done.at(-1);
  if (!step) return null;
  const again = { operations: invertAll(notebook, step.operations), at: 0 };
  const history = { done: done.slice(0, -1), undone: [...undone, again] };
  return { history, operations: step.operations };
}

/** Does again what was last taken back, or null. */
export function redo({ done, undone }: History, notebook: Notebook): Undone | null {
  const step = undone.at(-1);
  if (!step) return null;
  const back = { operations: invertAll(notebook, step.operations), at: 0 };
  const history = { done: [...done, back], undone: undone.slice(0, -1) };
  return { history, operations: step.operations };
}

/** After operations of others, which the notebook has not seen yet. */
export function carry(history: History, notebook: Notebook, theirs: readonly Operation[]): History {
  if (theirs.length === 0) return history;
  return {
    done: carrySteps(history.done, notebook, theirs),
    undone: carrySteps(history.undone, notebook, theirs),
  };
}

/** The last step applies to the notebook as it is, the one before to what that leads to, and so on. */
function carrySteps(steps: readonly Step[], notebook: Notebook, theirs: readonly Operation[]): Step[] {
  const carried: Step[] = [];
  let state = notebook;
  let over = theirs;
  for (const step of [...steps].reverse()) {
    const result = rebase(state, step.operations, over);
    const operations = result.mine.filter((operation) => operation !== null);
    if (operations.length > 0) carried.unshift({ ...step, operations });
    state = applyAll(state, step.operations);
    over = result.theirs;
  }
  return carried;
}
