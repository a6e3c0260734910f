import { type Notebook, placeOf } from "../notebook/document/notebook.ts";

const longest = 160;

/**
 * What a notebook says of itself in a line: the first words of the first Markdown cell that has a sentence, besides
 * headings and sentences that wait for a value; else the names of its parameters; else nothing.
 */
export function summaryOf(notebook: Notebook): string {
  const prose = notebook.cells.filter((cell) => cell.mode === "md").map((cell) => words(cell.source));
  return shorten(prose.find((text) => text !== "") ?? parameters(notebook));
}

/** Stands for a value that is not known before the notebook runs. */
const value = "\u0000";

function words(markdown: string): string {
  const text = plain(withoutValues(markdown));
  const sentences = text.match(/.+?(?:[.!?:](?=\s|$)|$)/gs) ?? [];
  return sentences
    .filter((sentence) => !sentence.includes(value) && /\p{Letter}/u.test(sentence))
    .map((sentence) => sentence.trim())
    .join(" ");
}

function plain(markdown: string): string {
  return markdown
    .replace(/^ {0,3}(```|~~~).*?(^ {0,3}\1|(?![\s\S]))/gms, " ")
    .replace(/^#.*$/gm, "")
    .replace(/^.*\n {0,3}(=+|-+) *$/gm, "")
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+/gm, "")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`>]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The text with a mark in the place of each `${…}`, which may hold braces itself. */
function withoutValues(markdown: string): string {
  let text = "";
  for (let at = 0; at < markdown.length; at++) {
    if (!markdown.startsWith("${", at)) text += markdown[at];
    else {
      at = endOfValue(markdown, at + 2);
      text += value;
    }
  }
  return text;
}

/** Where the brace stands that closes one; the end of the text if none does. */
function endOfValue(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}

const parameter = /^\s*(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=]*)?=\s*view\s*\(/u;

function parameters(notebook: Notebook): string {
  const scripts = notebook.cells.filter(
    (cell) => (cell.mode === "ts" || cell.mode === "js") && placeOf(cell) === "browser",
  );
  const names = scripts.flatMap((cell) => parameter.exec(cell.source)?.[1] ?? []);
  return names.length === 0 ? "" : `Parameters: ${names.join(", ")}`;
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/\s+\S*$/, "")} …`;
}
