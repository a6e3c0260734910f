import type { Failure } from "../errors.ts";
import type { CompiledCell } from "./compiled.ts";
import { lineOffset } from "./emit.ts";
import type { Place } from "./place.ts";

/** Name of a cell's code in stack traces. */
export function sourceName(id: number): string {
  return `cell-${id}.ts`;
}

/** The cell that a source name means, or null if it is no cell's. */
export function cellOfSource(name: string): number | null {
  const id = /^cell-(\d+)\.ts$/.exec(name)?.[1];
  return id === undefined ? null : Number(id);
}

export interface Position extends Partial<Place> {
  /** The frames that are in cells, at the author's lines and columns; "" when there are none. */
  readonly stack: string;
}

/** Lines that V8 puts before the body of a function that is made from text. */
const functionHead = 2;

const frame = /^\s*(?:at\b|[^\s@]*@).*?(cell-\d+\.ts):(\d+):(\d+)/;

/**
 * Finds the author's place in a stack of V8: of the topmost frame in the cell's own code. Frames outside cells are
 * left out; frames of other cells stay, at their authors' places.
 */
export function position(compiled: CompiledCell, stack: string, source: string): Position {
  const frames = stack.split("\n").flatMap((line) => cellFrame(line, compiled.lineOffset));
  const own = frames.find((found) => found.source === source);
  return { ...(own ? { line: own.line, column: own.column } : {}), stack: frames.map(frameText).join("\n") };
}

/** The failure with the author's line, column and stack. A failure that has its place keeps it. */
export function locateFailure(compiled: CompiledCell, id: number, failure: Failure): Failure {
  if (failure.stack === undefined) return failure;
  const { stack: raw, ...rest } = failure;
  const { stack, ...place } = position(compiled, raw, sourceName(id));
  return { ...place, ...rest, ...(stack === "" ? {} : { stack }) };
}

const anyFrame = /^\s+at .*(?::\d+:\d+|<anonymous>|\(index \d+\))\)?( \{)?$/;

/** A printed text with the frames of its stacks at their authors' places; frames outside of cells are left out. */
export function authorText(text: string): string {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const found = anyFrame.exec(line);
    const own = found ? cellFrame(line, lineOffset).map(frameText) : [line];
    lines.push(...own);
    if (found?.[1]) lines.push(`${lines.pop() ?? ""}${found[1]}`);
  }
  return lines.join("\n");
}

/** The cell that a stack's topmost frame in a cell belongs to; null if it has none. */
export function cellOfStack(stack: string): number | null {
  const [frame] = stack.split("\n").flatMap((line) => cellFrame(line, lineOffset));
  return frame ? cellOfSource(frame.source) : null;
}

interface Frame {
  /** The function, if it has a name; the cell's own body has none. */
  readonly name: string;
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** All cells have the same offset, so that frames of other cells are told rightly too. */
function cellFrame(text: string, lineOffset: number): Frame[] {
  const found = frame.exec(text);
  const line = Number(found?.[2]) - functionHead - lineOffset;
  if (!found || !(line >= 1)) return [];
  return [{ name: functionOf(text), source: found[1] ?? "", line, column: Number(found[3]) }];
}

function functionOf(text: string): string {
  const name = /^\s*at (?:async )?(.+?) \(/.exec(text)?.[1] ?? "";
  return name === "eval" || name === "anonymous" ? "" : name;
}

function frameText({ name, source, line, column }: Frame): string {
  const where = `${source}:${line}:${column}`;
  return `    at ${name === "" ? where : `${name} (${where})`}`;
}
