import { basename } from "node:path";
import { frameText, isAuthors, readFrames } from "../notebook/compiler/frames.ts";
import { codeFrame } from "../notebook/display/code-frame.ts";
import type { Cell } from "../notebook/document/notebook.ts";
import type { Failure } from "../notebook/errors.ts";
import type { CellResult, RunResult } from "../session/headless.ts";
import type { LoadedNotebook } from "./load-notebook.ts";

/**
 * `sales.html, cell 3 "by day", 2:5: message; remedy` for each failed cell, with the author's line below, then how many
 * cells waited for those.
 */
export function runFailures({ path }: LoadedNotebook, result: RunResult): readonly string[] {
  const failed = result.cells.filter((cell) => cell.failure);
  const roots = failed.filter((cell) => cell.failure?.kind !== "upstream");
  const told = roots.length ? roots : failed;
  const lines = told.map((each) => [headLine(path, each), ...details(each)].join("\n"));
  const waiting = failed.length - told.length;
  if (waiting > 0)
    lines.push(`${waiting} more ${waiting === 1 ? "cell uses" : "cells use"} a failed one and did not run`);
  return lines;
}

function headLine(path: string, { cell, failure }: CellResult): string {
  const name = cell.name ? ` "${cell.name}"` : "";
  const place = failure?.line === undefined ? "" : `, ${failure.line}:${failure.column ?? 1}`;
  const remedy = failure?.remedy ? `; ${failure.remedy}` : "";
  return `${basename(path)}, cell ${cell.id}${name}${place}: ${failure?.message ?? ""}${remedy}`;
}

function details({ cell, failure }: CellResult): string[] {
  if (!failure) return [];
  const { line, column = 1 } = failure;
  const code = line === undefined ? [] : codeFrame(cell.source, { line, column });
  return [...code.map((each) => `  ${each}`), ...stackLines(cell, failure), ...causeLines(failure)];
}

/** A stack that only says what the place says is left out. */
function stackLines(cell: Cell, failure: Failure): readonly string[] {
  const frames = readFrames(failure.stack ?? "");
  const elsewhere = frames.filter((frame) => !isAuthors(frame) || frame.cell !== cell.id);
  return elsewhere.length === 0 ? [] : frames.map(frameText);
}

function causeLines({ causes = [] }: Failure): readonly string[] {
  return causes.flatMap((cause) => [`  caused by ${cause.message}`, ...causeLines(cause)]);
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
    failures: result.cells.flatMap(({ cell, failure }) =>
      failure ? [{ cell: cell.id, failure, frames: readFrames(failure.stack ?? "") }] : [],
    ),
  };
}
