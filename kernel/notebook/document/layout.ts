import { UserError } from "../errors.ts";
import { cellOf, IdReader } from "./cell-attributes.ts";
import { decodeEntities } from "./entities.ts";
import type { Cell, NotebookPolicy } from "./notebook.ts";
import { attributeOf, failureAt, type OpenTag, scan, type Token } from "./scan.ts";

/** A notebook file and where in it everything is. */
export interface Layout {
  readonly text: string;
  readonly title: string;
  readonly policy: NotebookPolicy;
  /** The title element, if there is one. */
  readonly titleTag: OpenTag | null;
  readonly notebookTag: OpenTag;
  /** Where a first cell would go: after the title, or after the notebook's start tag. */
  readonly start: number;
  readonly cells: readonly PlacedCell[];
  /** Start of each comment, by its end. */
  readonly comments: ReadonlyMap<number, number>;
}

export interface PlacedCell {
  readonly cell: Cell;
  readonly tag: OpenTag;
}

/** Characters that a file may have. */
const sizeLimit = 64 * 2 ** 20;

/**
 * Finds title and cells of a notebook file.
 * @param lenient whether U+FFFD is an ordinary character, because the bytes are known to be good UTF-8
 * @throws UserError kind "input" with line and column
 */
export function readLayout(text: string, lenient: boolean): Layout {
  checkText(text, lenient);
  const tokens = scan(text);
  const notebookTag = tokens.find(isOpen("notebook"));
  if (!notebookTag) throw noNotebook(text, tokens);
  const titleTag = tokens.find(isOpen("title")) ?? null;
  const title = titleTag?.body ? decodeEntities(bodyOf(text, titleTag).replace(/\r\n?/g, "\n")) : "Untitled";
  const inside = titleTag !== null && titleTag.start > notebookTag.start;
  const start = inside ? titleTag.after : notebookTag.end;
  const comments = new Map(tokens.filter((t) => t.type === "comment").map((t) => [t.end, t.start]));
  const policy = attributeOf(notebookTag, "run")?.value === "lazy" ? "lazy" : "auto";
  return { text, title, policy, titleTag, notebookTag, start, cells: placedCells(text, tokens), comments };
}

function placedCells(text: string, tokens: readonly Token[]): PlacedCell[] {
  const ids = new IdReader();
  return scripts(tokens).map((tag) => {
    const id = ids.next(attributeOf(tag, "id")?.value ?? null);
    return { tag, cell: cellOf(text, tag, id) };
  });
}

/** Scripts within <notebook>, but not within a <template>. */
function scripts(tokens: readonly Token[]): OpenTag[] {
  const depth = { notebook: 0, template: 0 };
  const found: OpenTag[] = [];
  for (const token of tokens) {
    if (token.name === "notebook" || token.name === "template")
      depth[token.name] = Math.max(0, depth[token.name] + (token.type === "open" ? 1 : -1));
    const isCell = token.type === "open" && token.name === "script";
    if (isCell && depth.notebook > 0 && depth.template === 0) found.push(token);
  }
  return found;
}

function isOpen(name: string) {
  return (token: Token): token is OpenTag => token.type === "open" && token.name === name;
}

function bodyOf(text: string, tag: OpenTag): string {
  return tag.body ? text.slice(tag.body.start, tag.body.end) : "";
}

const chooseOther = "choose a notebook: an HTML file with <notebook>…</notebook>";

function checkText(text: string, lenient: boolean): void {
  if (text.length > sizeLimit) throw tooLarge(text.length);
  if (!/\S/.test(text)) throw failureAt(text, 0, "the file is empty", chooseOther);
  const nul = text.indexOf("\0");
  if (nul >= 0) throw failureAt(text, nul, "the file is not text: it contains a NUL byte", chooseOther);
  const bad = lenient ? -1 : text.indexOf("\ufffd");
  if (bad >= 0) throw failureAt(text, bad, "the file is not UTF-8 text: U+FFFD found", "save it as UTF-8");
}

/** The failure for a file beyond the limit, in bytes or characters. */
export function tooLarge(size: number): UserError {
  const message = `the file is too large for a notebook: ${Math.round(size / 2 ** 20)} MB, at most 64 MB`;
  return new UserError({
    kind: "input",
    message,
    remedy: "keep data in files beside the notebook",
    line: 1,
    column: 1,
  });
}

function noNotebook(text: string, tokens: readonly Token[]): UserError {
  const shown = JSON.stringify(text.trimStart().slice(0, 20));
  const what = tokens.length > 0 ? "the file has no <notebook> element" : "the file is not HTML";
  return failureAt(text, 0, `${what}: it starts with ${shown}`, chooseOther);
}
