import { type Failure, failureText, toFailure, UserError } from "../notebook/errors.ts";

/** Exit statuses, the whole list. */
export const exit = {
  ok: 0,
  /** A cell or a file failed; what could be done is done. */
  failed: 1,
  /** Wrong use: nothing was run. */
  usage: 2,
  /** Stopped by Ctrl-C. */
  stopped: 130,
} as const;

export type Exit = (typeof exit)[keyof typeof exit];

interface Outcome {
  readonly text: string;
  readonly failure: Failure;
  readonly status: Exit;
}

/** What to print of something thrown, and the status to leave with. A bug keeps its stack. */
export function outcomeOf(thrown: unknown): Outcome {
  if (thrown instanceof UserError) {
    const status = thrown.failure.kind === "stopped" ? exit.stopped : exit.usage;
    return { text: `percolate: ${failureText(thrown.failure)}`, failure: thrown.failure, status };
  }
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const failure = toFailure(thrown);
  return { text: `percolate: this is a bug in percolate\n${text}`, failure, status: exit.failed };
}
