import type { Failure } from "../errors.ts";
import type { CompiledCell } from "./compiled.ts";
import {
  cellOfSource,
  firstPlace,
  framesOf,
  framesText,
  isAuthors,
  openingLine,
  sourceName,
} from "./frames.ts";
import { type Place, placeOf } from "./place.ts";
import { skipTrivia } from "./trivia.ts";

export interface Position extends Partial<Place> {
  /** The frames that are in cells and modules, at the author's lines and columns; "" when there are none. */
  readonly stack: string;
}

/**
 * Finds the author's place in a stack of V8: of the topmost frame in the cell's own code. Frames outside cells are
 * left out; frames of other cells stay, at their authors' places.
 */
export function position(compiled: CompiledCell, stack: string, source: string): Position {
  const frames = framesOf(stack).map((frame) =>
    isAuthors(frame) && frame.source === source ? { ...frame, ...asWritten(compiled, frame) } : frame,
  );
  const own = frames.find((frame) => isAuthors(frame) && frame.source === source);
  const place = own && isAuthors(own) ? { line: own.line, column: own.column } : {};
  return { ...place, stack: framesText(frames) };
}

/** The failure with the author's line, column and stack. A failure that has its place keeps it. */
export function locateFailure(compiled: CompiledCell, id: number, failure: Failure): Failure {
  const { stack: raw, causes, ...rest } = failure;
  const { stack, ...place } = position(compiled, raw ?? "", sourceName(id));
  return {
    ...(place.line === undefined ? awaitedPlace(compiled, raw ?? "", id) : place),
    ...rest,
    ...(stack === "" ? {} : { stack }),
    ...(causes ? { causes: causes.map((cause) => locateFailure(compiled, id, cause)) } : {}),
  };
}

/** The platform's own promises fail where nobody is called: the place is that of the expression that awaits them. */
function awaitedPlace({ body, lineOffset }: CompiledCell, raw: string, id: number): Partial<Place> {
  const [start = ""] = body.split("\n", 1);
  const awaits =
    start.endsWith("display(await (") && new RegExp(`async .*${sourceName(id)}:${openingLine}:`).test(raw);
  if (!awaits) return {};
  const offset = skipTrivia(body, start.length + 1);
  const { line, column } = placeOf(body, offset);
  return { line: line - lineOffset, column };
}

/** The cell that a stack's topmost frame in a cell belongs to; null if it has none. */
export function cellOfStack(stack: string): number | null {
  const frames = framesOf(stack).filter((frame) => isAuthors(frame) && frame.cell !== null);
  return cellOfSource(firstPlace(frames)?.source ?? "");
}

/** V8 ends a line also at the separators U+2028 and U+2029, which editors show as characters. */
const engineBreak = /\r\n?|[\n\u2028\u2029]/g;

function asWritten({ body, lineOffset }: CompiledCell, { line, column }: Place): Place {
  if (!/[\u2028\u2029]/.test(body)) return { line, column };
  const breaks = [...body.matchAll(engineBreak)];
  const found = breaks[line + lineOffset - 2];
  if (!found) return { line, column };
  const offset = found.index + found[0].length + column - 1;
  const place = placeOf(body, offset);
  return { line: place.line - lineOffset, column: place.column };
}
