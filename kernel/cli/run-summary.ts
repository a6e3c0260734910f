import type { Failure } from "../notebook/errors.ts";
import type { CellResult, RunResult } from "../session/headless.ts";
import type { LoadedNotebook } from "./load-notebook.ts";

/** `cell 3 "sales by day" (line 2:5): message; remedy`, one line per failed cell, then how many waited for those. */
export function runFailures(result: RunResult): readonly string[] {
  const failed = result.cells.filter((cell) => cell.failure);
  const roots = failed.filter((cell) => cell.failure?.kind !== "upstream");
  const lines = (roots.length ? roots : failed).map(cellFailure);
  const waiting = failed.length - lines.length;
  if (waiting > 0)
    lines.push(`${waiting} more ${waiting === 1 ? "cell uses" : "cells use"} a failed one and did not run`);
  return lines;
}

function cellFailure({ cell, failure }: CellResult): string {
  const name = cell.name ? ` "${cell.name}"` : "";
  return `cell ${cell.id}${name}${failure ? described(failure) : ""}`;
}

function described({ line, column, message, remedy }: Failure): string {
  const place = line === undefined ? "" : ` (line ${line}:${column ?? 1})`;
  return `${place}: ${message}${remedy ? `; ${remedy}` : ""}`;
}

/** What `--json` prints of a run. */
export function runSummary({ notebook, path }: LoadedNotebook, result: RunResult, report: string | null) {
  return {
    ok: result.ok,
    notebook: path,
    title: notebook.title,
    startedAt: result.startedAt,
    ms: Math.round(result.ms),
    parameters: result.parameters,
    report,
    cells: result.cells.map(({ cell, status, ms, failure }) => ({
      id: cell.id,
      name: cell.name,
      mode: cell.mode,
      status,
      ms: Math.round(ms),
      ...(failure ? { failure } : {}),
    })),
    failures: result.cells.flatMap(({ cell, failure }) => (failure ? [{ cell: cell.id, failure }] : [])),
  };
}
