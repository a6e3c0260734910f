import { describe } from "./display/describe.ts";
import { descriptionText } from "./display/text.ts";
import { readable, readError } from "./thrown.ts";

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
  /** Names in the message or remedy, with the cells that define them. */
  readonly names?: Readonly<Record<string, number>>;
  /** Stack lines rewritten to the author's text (compiler/frames.ts). */
  readonly stack?: string;
  /** What led to it: the `cause` of an error, and the errors of an AggregateError. */
  readonly causes?: readonly Failure[];
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

/** Any thrown thing as a Failure; never throws itself, whatever the thing is. */
export function toFailure(thrown: unknown): Failure {
  return failureOf(thrown, []);
}

const deepestCause = 5;

function failureOf(thrown: unknown, above: readonly unknown[]): Failure {
  const own = ownFailure(thrown);
  if (own) return own;
  const error = readError(thrown);
  if (!error) return { kind: "runtime", message: `${thrownText(thrown)} was thrown`, remedy: throwErrors };
  const within = [...above, thrown];
  const causes = within.length > deepestCause ? [] : error.causes.filter((cause) => !within.includes(cause));
  return {
    kind: "runtime",
    message: error.message,
    ...(error.stack === "" ? {} : { stack: error.stack }),
    ...(causes.length > 0 ? { causes: causes.map((cause) => failureOf(cause, within)) } : {}),
  };
}

const throwErrors = "throw new Error(…) instead: an error tells where it comes from";

/** A proxy may throw even when asked what it is. */
function ownFailure(thrown: unknown): Failure | null {
  try {
    return thrown instanceof UserError ? thrown.failure : null;
  } catch {
    return null;
  }
}

function thrownText(thrown: unknown): string {
  if (typeof thrown === "string") return readable(JSON.stringify(thrown), 1000);
  return readable(descriptionText(describe(thrown, { depth: 2, text: 1000 })));
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
