import type { Position, Range } from "vscode-languageserver-protocol/node.js";
import type { Span } from "../notebook/language.ts";
import { headerLines } from "./virtual-file.ts";

/** Where an offset of a cell's text is in its virtual file. */
export function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  const lines = before.split("\n");
  return { line: lines.length - 1 + headerLines, character: lines.at(-1)?.length ?? 0 };
}

/** The offset in a cell's text of a place in its virtual file; null where that is not the author's text. */
export function offsetOf(source: string, { line, character }: Position): number | null {
  const lines = source.split("\n");
  const index = line - headerLines;
  const text = lines[index];
  if (index < 0 || text === undefined) return null;
  const start = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  return start + Math.min(character, text.length);
}

/** The part of a cell's text that a range of its virtual file is; null unless all of it is the author's. */
export function spanOf(source: string, { start, end }: Range): Span | null {
  const [from, to] = [offsetOf(source, start), offsetOf(source, end)];
  return from === null || to === null ? null : { from, to };
}
