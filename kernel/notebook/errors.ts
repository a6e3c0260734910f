import { describe } from "./display/describe.ts";
import { descriptionText } from "./display/text.ts";

/**
 * What a person is told when something fails: problem, value, place, remedy. A plain value, so that it crosses
 * every border. `stack` is for bugs in cell code, never for the user's mistakes in data or settings.
 */
export interface Failure {
  readonly kind:
    | "syntax"
    | "runtime"
    | "duplicate"
    | "cycle"
    | "upstream"
    | "sql"
    | "input"
    | "stopped"
    | "transfer"
    | "internal";
  /** One sentence: the problem, with the value concerned. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Position in the cell's source: line from 1, column from 1. */
  readonly line?: number;
  readonly column?: number;
  /** Cells concerned (all of a cycle, both of a duplicate, the failed cell upstream). */
  readonly cells?: readonly number[];
  /** Stack lines rewritten to the author's text. */
  readonly stack?: string;
}

/** An expected failure with a remedy. Anything else thrown is a bug, in a cell or in us. */
export class UserError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.name = "UserError";
    this.failure = failure;
  }
}

/** `inputError('table "sale" not found', "did you mean …?")` */
export function inputError(message: string, remedy?: string): UserError {
  return new UserError({ kind: "input", message, ...(remedy === undefined ? {} : { remedy }) });
}

/** Any thrown thing as a Failure. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof UserError) return thrown.failure;
  if (thrown instanceof Error) {
    const message =
      thrown.name && thrown.name !== "Error" ? `${thrown.name}: ${thrown.message}` : thrown.message;
    return { kind: "runtime", message, ...(thrown.stack ? { stack: thrown.stack } : {}) };
  }
  return {
    kind: "runtime",
    message: `${descriptionText(describe(thrown, { depth: 2, text: 1000 }))} was thrown`,
  };
}

/** One line for terminals and logs. */
export function failureText(failure: Failure): string {
  const place = failure.line === undefined ? "" : ` (${failure.line}:${failure.column ?? 1})`;
  return `${failure.message}${place}${failure.remedy ? `; ${failure.remedy}` : ""}`;
}

/** The candidate nearest to `name` by edit distance, if any is near enough to be meant. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(name.length < 3 ? 1 : 2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
