import { UserError } from "../errors.ts";
import { placeOf } from "./place.ts";
import { remedyFor } from "./remedies.ts";
import { wordAt } from "./trivia.ts";

/** The author's mistake at an offset of the cell's text. */
export function syntaxFailure(source: string, offset: number, message: string, remedy?: string): UserError {
  const place = placeOf(source, offset);
  return new UserError({ kind: "syntax", message, ...(remedy === undefined ? {} : { remedy }), ...place });
}

/** What the parser threw, told to the author. Anything but a syntax error is passed on. */
export function parseFailure(source: string, thrown: unknown): UserError {
  if (thrown instanceof UserError) return thrown;
  if (thrown instanceof RangeError) return tooDeep(source, 0);
  if (!isParseError(thrown)) throw thrown;
  if (/^Not enough stack space/i.test(thrown.message)) return tooDeep(source, thrown.pos);
  const offset = offsetOf(thrown, source);
  const message = explain(thrown.message.replace(/ \(\d+:\d+\)$/, ""), source, offset);
  return syntaxFailure(source, offset, message, remedyFor(message, source, offset));
}

/** Of an end that came too early, the place is just after what is there. The parser looks past a stray #. */
function offsetOf({ pos, message }: ParseError, source: string): number {
  if (/^Unexpected token/.test(message) && source.slice(pos).trim() === "") return source.trimEnd().length;
  return Math.min(isStray(message, source, pos) ? pos - 1 : pos, source.length);
}

function isStray(message: string, source: string, pos: number): boolean {
  return /^Unexpected character/.test(message) && source[pos - 1] === "#";
}

function tooDeep(source: string, offset: number): UserError {
  const remedy = "split it into several expressions or cells";
  return syntaxFailure(source, offset, "the cell is nested too deeply to be read", remedy);
}

export interface ParseError extends SyntaxError {
  readonly pos: number;
}

export function isParseError(thrown: unknown): thrown is ParseError {
  return thrown instanceof SyntaxError && typeof (thrown as Partial<ParseError>).pos === "number";
}

function explain(message: string, source: string, offset: number): string {
  if (/^Unexpected character/.test(message) && source[offset] === "#") return "unexpected character '#'";
  if (!/^Unexpected token/.test(message)) return lowerFirst(message);
  if (source.slice(offset).trim() === "") return "the cell ends before it is complete";
  return `unexpected ${JSON.stringify(tokenAt(source, offset))}`;
}

function tokenAt(source: string, offset: number): string {
  return wordAt(source, offset) || String.fromCodePoint(source.codePointAt(offset) ?? 32);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
