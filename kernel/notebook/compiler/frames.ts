/** Stacks as authors read them: only what is in cells and in their own modules, at the places where they wrote it. */
import { lineOffset } from "./emit.ts";
import { libraryOf } from "./libraries.ts";
import type { Place } from "./place.ts";

/** A line of a stack. */
export type Frame =
  | {
      /** `cell-3.ts`, or a module of the author's by its path: `lib/util.ts`. */
      readonly source: string;
      /** The cell, if it is one. */
      readonly cell: number | null;
      /** The function, if it has a name; a cell's own body has none. */
      readonly name: string;
      readonly line: number;
      readonly column: number;
    }
  /** All of a library's frames in a row. */
  | { readonly library: string };

export type AuthorFrame = Exclude<Frame, { library: string }>;

/** Name of a cell's code in stack traces. */
export function sourceName(id: number): string {
  return `cell-${id}.ts`;
}

/** The cell that a source name means, or null if it is no cell's. */
export function cellOfSource(name: string): number | null {
  const id = /^cell-(\d+)\.ts$/.exec(name)?.[1];
  return id === undefined ? null : Number(id);
}

/** Lines that V8 puts before the body of a function that is made from text. */
const functionHead = 2;

/** The line of a stack that the author's text follows. */
export const openingLine = functionHead + lineOffset;

/** A frame as V8 would write it for code at a place of the author's text. */
export function rawFrame(cell: number, { line, column }: Place): string {
  return `    at ${sourceName(cell)}:${line + openingLine}:${column}`;
}

const mostFrames = 30;

/** The frames of a stack of V8. Those of libraries stay where they are called from the author's code. */
export function framesOf(stack: string): readonly Frame[] {
  return folded(stack.split("\n").flatMap((line) => frameOf(line) ?? []));
}

/** The topmost place of the author's. */
export function firstPlace(frames: readonly Frame[]): AuthorFrame | undefined {
  return frames.find(isAuthors);
}

export function isAuthors(frame: Frame): frame is AuthorFrame {
  return "source" in frame;
}

/** Frames as text, one a line, which `readFrames` reads. */
export function framesText(frames: readonly Frame[]): string {
  const lines = frames.slice(0, mostFrames).map(frameText);
  const more = frames.length - lines.length;
  return [...lines, ...(more > 0 ? [`    … ${more} more`] : [])].join("\n");
}

export function frameText(frame: Frame): string {
  if (!isAuthors(frame)) return `    in ${frame.library}`;
  const where = `${frame.source}:${frame.line}:${frame.column}`;
  return `    at ${frame.name === "" ? where : `${frame.name} (${where})`}`;
}

/** The frames in a text that `framesText` has written. */
export function readFrames(text: string): readonly Frame[] {
  return text.split("\n").flatMap((line) => readFrame(line) ?? []);
}

function readFrame(line: string): Frame | null {
  const library = /^ {4}in (.+)$/.exec(line)?.[1];
  if (library !== undefined) return { library };
  const found = modulePlace.exec(line);
  return found ? placed(found, functionOf(line), 0) : null;
}

/** Whether a line is one of V8's frames, of whatever code. A printed error may end its last frame with a brace. */
const anyFrame = /^\s+at .*(?::\d+:\d+|<anonymous>|\(index \d+\))\)?( \{)?$/;

/** A printed text with the frames of its stacks at their authors' places; frames outside of cells are left out. */
export function authorText(text: string): string {
  const lines: string[] = [];
  let stack: Frame[] = [];
  const flush = () => {
    lines.push(...folded(stack).map(frameText));
    stack = [];
  };
  for (const line of text.split("\n")) {
    const found = anyFrame.exec(line);
    if (found) stack.push(...(frameOf(line) ?? []));
    if (found && !found[1]) continue;
    flush();
    if (!found) lines.push(line);
    else lines.push(`${lines.pop() ?? ""}${found[1]}`);
  }
  flush();
  return lines.join("\n");
}

/** A library that calls nobody, or that only our own code calls, says nothing. */
function folded(frames: readonly Frame[]): Frame[] {
  const last = frames.findLastIndex(isAuthors);
  return frames.slice(0, last + 1).filter((frame, index) => {
    const before = frames[index - 1];
    return isAuthors(frame) || !before || isAuthors(before) || before.library !== frame.library;
  });
}

/** A place at the end of a line, or, for code made by `eval`, the place where that was called. */
const cellPlace = /[\s(@](cell-\d+\.ts):(\d+):(\d+)/;

/** A path that starts nowhere is the name of a module; the platform's files have a scheme or start at the root. */
const modulePlace =
  /(?:^\s*at (?:async )?|\(|^[^\s@/]*@)([^\s/():<][^():<]*\.[cm]?[jt]sx?):(\d+):(\d+)\)?( \{)?$/;

function frameOf(line: string): Frame[] | null {
  if (!/^\s*(?:at\b|[^\s@]*@)/.test(line)) return null;
  const cell = cellPlace.exec(line);
  if (cell) return asList(placed(cell, functionOf(line), openingLine));
  const library = libraryOf(line);
  if (library !== undefined) return [{ library }];
  const module = modulePlace.exec(line);
  return module ? asList(placed(module, functionOf(line), 0)) : null;
}

/** Code that stands before the author's text is ours. */
function asList(frame: AuthorFrame): Frame[] {
  return frame.line >= 1 ? [frame] : [];
}

/** All cells have the same offset, so that frames of other cells are told rightly too. */
function placed([, url = "", line, column]: RegExpExecArray, name: string, offset: number): AuthorFrame {
  const source = decoded(url);
  return {
    source,
    cell: cellOfSource(source),
    name,
    line: Number(line) - offset,
    column: Number(column),
  };
}

function functionOf(text: string): string {
  const name = /^\s*at (?:async )?(.+?) \(/.exec(text)?.[1] ?? "";
  return /^(?:anonymous|(?:\w+\.)?eval(?: \[as .*\])?)$/.test(name) ? "" : name;
}

/** Names of modules are written as parts of URLs. */
function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
