/** Errors as consoles print them: the message, the frames in the author's code, and what caused it. */
import { framesOf, framesText } from "../compiler/frames.ts";
import { cellOfStack } from "../compiler/positions.ts";
import type { CellEvent } from "../protocol.ts";
import { readError, type ThrownError } from "../thrown.ts";
import { describe } from "./describe.ts";
import { descriptionText } from "./text.ts";

const deepestCause = 5;

/** A thrown value as text; never throws itself. */
export function errorText(thrown: unknown): string {
  return textOf(thrown, []);
}

/**
 * The console line for what no run of a cell caught, in the console of the cell that it came from.
 * @param where a line of a stack that says where, for what has no stack of its own
 */
export function uncaughtLine(thrown: unknown, where = ""): Extract<CellEvent, { type: "console" }> {
  const own = readError(thrown)?.stack ?? "";
  const cell = cellOfStack(own) ?? cellOfStack(where);
  const frame = cellOfStack(own) === null ? framesText(framesOf(where)) : "";
  const text = [`Uncaught ${errorText(thrown)}`, frame].filter(Boolean).join("\n");
  return { type: "console", cell, level: "error", text };
}

function textOf(thrown: unknown, above: readonly unknown[]): string {
  const error = readError(thrown);
  if (!error) return descriptionText(describe(thrown, { depth: 3 }));
  return [titleAndFrames(error), ...causeTexts(error, [...above, thrown])].join("\n");
}

function titleAndFrames({ title, stack }: ThrownError): string {
  const frames = framesText(framesOf(stack));
  return frames === "" ? title : `${title}\n${frames}`;
}

function causeTexts({ causes }: ThrownError, above: readonly unknown[]): string[] {
  if (above.length > deepestCause) return [];
  return causes.filter((cause) => !above.includes(cause)).map((cause) => `caused by ${textOf(cause, above)}`);
}
