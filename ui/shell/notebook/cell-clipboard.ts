import { parseNotebook, serializeNotebook } from "../../../kernel/notebook/document/file.ts";
import { type Cell, nextId, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { NotebookSession } from "./session.ts";

/** Cells as text, in the format of notebook files: they can be pasted into another notebook, or read. */
export function cellsToText(session: NotebookSession, ids: readonly number[]): string {
  const cells = session.notebook.get().cells.filter(({ id }) => ids.includes(id));
  return serializeNotebook({ title: "", cells });
}

/** The cells in a text; one cell of code if it is no notebook. */
export function textToCells(text: string): Cell[] {
  if (/^\s*<!doctype html>\s*<notebook\b/i.test(text)) {
    try {
      return [...parseNotebook(text).cells];
    } catch {
      // It only looks like one: then it is text like any other.
    }
  }
  return text.trim() === "" ? [] : [toCell({ id: 1, source: text.replace(/\r\n?/g, "\n").trimEnd() })];
}

/** Inserts cells after another as one step. @returns their new ids */
export function pasteCells(session: NotebookSession, cells: readonly Cell[], after: number | null): number[] {
  const first = nextId(session.notebook.get());
  const fresh = cells.map((cell, index) => ({ ...cell, id: first + index }));
  session.edit(
    fresh.map((cell, index) => ({ type: "insert", cell, after: index === 0 ? after : first + index - 1 })),
  );
  return fresh.map(({ id }) => id);
}
