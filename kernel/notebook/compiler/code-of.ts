import type { Cell } from "../document/notebook.ts";
import { readTemplate } from "./holes.ts";
import { readObservable } from "./observable.ts";
import { Overlay } from "./overlay.ts";
import { parseCode } from "./parse.ts";
import { readJavaScript, readTypeScript } from "./read.ts";
import type { AnyNode } from "./syntax.ts";

/** What an error in a cell is placed by. */
export type CellSource = Pick<Cell, "id" | "mode" | "source">;

/** The code in a cell: all of it, or its `${…}`. Throws a UserError when it cannot be read. */
export function codeOf({ mode, source }: Pick<CellSource, "mode" | "source">): readonly AnyNode[] {
  switch (mode) {
    case "ts":
      return [readTypeScript(new Overlay(source), parseCode).root];
    case "js":
      return [readJavaScript(new Overlay(source), parseCode).root];
    case "ojs":
      return bodyOf(source);
    case "node":
    case "python":
    case "r":
      return [];
    default:
      return readTemplate(source).expressions;
  }
}

function bodyOf(source: string): readonly AnyNode[] {
  const { body } = readObservable(source);
  return body ? [body as AnyNode] : [];
}
