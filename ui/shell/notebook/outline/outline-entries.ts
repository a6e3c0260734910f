import type { Notebook } from "../../../../kernel/notebook/document/notebook.ts";
import { headingsOf } from "./headings.ts";

/** A line of the outline: a heading, or a cell that has a name. */
export interface OutlineEntry {
  readonly key: string;
  readonly cell: number;
  readonly text: string;
  /** How far it is indented, from 0. */
  readonly depth: number;
  readonly kind: "heading" | "cell";
  /** Which heading of its cell it is, from 0. */
  readonly index: number;
}

/** Headings and named cells, in order; names stand below the heading that they follow. */
export function outlineOf({ cells }: Notebook): OutlineEntry[] {
  const levels = cells.flatMap((cell) => headingsOf(cell).map(({ level }) => level));
  const top = Math.min(6, ...levels);
  let depth = -1;
  return cells.flatMap((cell): OutlineEntry[] => {
    const headings = headingsOf(cell);
    if (headings.length === 0) {
      if (!cell.name) return [];
      return [
        { key: `${cell.id}`, cell: cell.id, text: cell.name, depth: depth + 1, kind: "cell", index: 0 },
      ];
    }
    return headings.map(({ level, text }, index) => {
      depth = level - top;
      return {
        key: `${cell.id} ${index}`,
        cell: cell.id,
        text: text || "Untitled",
        depth,
        kind: "heading",
        index,
      };
    });
  });
}
