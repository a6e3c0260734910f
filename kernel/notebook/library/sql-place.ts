/** Tells the error of a query where the author wrote it, which is not where it stands in the text that was sent. */
import type { CellSource } from "../compiler/code-of.ts";
import { rawFrame } from "../compiler/frames.ts";
import { placeInTemplate, type TemplateOffset } from "../compiler/query-place.ts";
import { UserError } from "../errors.ts";
import { assemble, Unbindable } from "./sql-template.ts";

interface QueryCall {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
  readonly cell: CellSource | undefined;
  /** The stack of the call. */
  readonly called: string;
}

/** The error without the place in the text that was sent; its stack begins in the author's text. */
export function placedQueryError(error: unknown, call: QueryCall): unknown {
  if (!(error instanceof UserError) || error.failure.kind === "stopped") return error;
  const { line, column = 1, ...rest } = error.failure;
  const at = error instanceof Unbindable ? holeBefore(error.index, call) : sentPlace(line, column, call);
  const place = at && call.cell ? placeInTemplate(call.cell, call.strings, at) : undefined;
  const untold = at && !place && line !== undefined;
  const placed = new UserError(
    untold ? { ...rest, message: `${rest.message} (line ${line}:${column} of the query)` } : rest,
  );
  placed.stack = place && call.cell ? `${rawFrame(call.cell.id, place)}\n${call.called}` : call.called;
  return placed;
}

/** The error of a query that the author did not write: its place is the call. @param called stack of the call */
export function placedError(error: unknown, called: string): unknown {
  if (!(error instanceof UserError) || error.failure.kind === "stopped") return error;
  const { line: _, column: __, ...failure } = error.failure;
  const placed = new UserError(failure);
  placed.stack = called;
  return placed;
}

function holeBefore(index: number, { strings }: QueryCall): TemplateOffset {
  return { piece: index, offset: strings[index]?.length ?? 0 };
}

/** A place within a parameter is the place of its `${…}`. */
function sentPlace(line: number | undefined, column: number, call: QueryCall): TemplateOffset | undefined {
  if (line === undefined) return undefined;
  const { sql, starts } = assemble(call.strings, call.values);
  const before = sql.split("\n").slice(0, line - 1);
  const offset = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const piece = starts.findLastIndex((start) => start <= offset);
  const within = offset - (starts[piece] ?? 0);
  return { piece, offset: Math.min(within, call.strings[piece]?.length ?? 0) };
}
