/** Why a kernel process ended, in words. */
import type { Failure } from "../notebook/errors.ts";

/** How a process ended. */
export interface Death {
  readonly status: number | null;
  readonly signal: string | null;
  /** Its last words. */
  readonly stderr: string;
  /** MB that it might take. */
  readonly limit: number;
  /** It was ended for passing the limit. */
  readonly over?: boolean;
}

/** @param running cells that ran when it ended */
export function deathOf({ status, signal, stderr, limit, over }: Death, running: readonly number[]): Failure {
  if (over || /heap out of memory|Array buffer allocation failed|bad_alloc/.test(stderr))
    return outOfMemory(limit, running);
  const last = stderr.trim().split("\n").slice(-8).join("\n");
  const how = signal ? `was ended by ${signal}` : `ended with status ${status}`;
  const remedy =
    signal === "SIGKILL"
      ? "the system may have run out of memory; work on less data at once, then run a cell to start it again"
      : "run a cell to start it again; a cell that may be the cause waits until you run it";
  return { kind: "internal", message: `the kernel process ${how}`, remedy, ...(last ? { stack: last } : {}) };
}

function outOfMemory(limit: number, running: readonly number[]): Failure {
  const during = running.length > 0 ? ` while ${cellsText(running)} ran` : "";
  return {
    kind: "internal",
    message: `the kernel process reached its memory limit of ${limit.toLocaleString("en")} MB${during}, and was ended`,
    remedy:
      "work on less data at once, for example in SQL, or allow more: percolate start --kernel-memory MB; " +
      "then run a cell to start the kernel again",
    ...(running.length > 0 ? { cells: running } : {}),
  };
}

function cellsText(cells: readonly number[]): string {
  return cells.length === 1 ? `cell ${cells[0]}` : `cells ${cells.join(", ")}`;
}

export function cannotStart(error: Error): Failure {
  return {
    kind: "internal",
    message: `the kernel process could not start: ${error.message}`,
    remedy: "restart percolate; if it stays so, reinstall it",
  };
}
