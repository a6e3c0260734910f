import type { Cell } from "../../../../kernel/notebook/document/notebook.ts";

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** As one reads it: without marks of emphasis, code and links. */
  readonly text: string;
  /** Line in the cell's text, from 0. */
  readonly line: number;
}

const known = new WeakMap<Cell, readonly Heading[]>();

/** The headings of a Markdown cell, in order; none of other cells. */
export function headingsOf(cell: Cell): readonly Heading[] {
  if (cell.mode !== "md") return [];
  const before = known.get(cell);
  if (before) return before;
  const headings = find(cell.source);
  known.set(cell, headings);
  return headings;
}

function find(source: string): Heading[] {
  const headings: Heading[] = [];
  let fence = "";
  for (const [line, text] of source.split("\n").entries()) {
    const [, mark = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(text) ?? [];
    if (fence) {
      if (mark.startsWith(fence)) fence = "";
    } else if (mark) fence = mark;
    else {
      const [, hashes, words] = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(text) ?? [];
      if (hashes) headings.push({ level: hashes.length, text: plain(words ?? ""), line });
    }
  }
  return headings;
}

function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]+>/g, "")
    .replace(/(?<!\\)(\*\*|__|\*|~~|`)(?=\S)(.*?)(?<=\S)\1/g, "$2")
    .replace(/\\([\\`*_{}[\]()#+\-.!])/g, "$1")
    .trim();
}
