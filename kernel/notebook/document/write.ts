import { type AttributeList, attributesOf, IdReader } from "./cell-attributes.ts";
import { changedFields, isEmpty } from "./cells.ts";
import { encodeAttribute, encodeText } from "./entities.ts";
import { type Layout, type PlacedCell, readLayout } from "./layout.ts";
import { type Cell, type Notebook, policyOf } from "./notebook.ts";
import { type Attribute, attributeOf, type OpenTag } from "./scan.ts";
import { patchScript, toScript } from "./script-text.ts";

/** A notebook file written from nothing. */
export function canonicalText(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => `\n  ${canonicalCell(cell, "\n")}`).join("");
  const run = policyOf(notebook) === "lazy" ? written(["run", "lazy"]) : "";
  return `<!doctype html>\n<notebook${run}>\n  <title>${encodeText(notebook.title)}</title>${cells}\n</notebook>\n`;
}

/** A file with only those bytes changed that a notebook makes different. */
export function patchText(layout: Layout, notebook: Notebook): string {
  const titled = layout.title === notebook.title ? layout : withTitle(layout, notebook.title);
  const told = titled.policy === policyOf(notebook) ? titled : withPolicyOf(titled, notebook);
  return withCells(told, notebook.cells);
}

function canonicalCell(cell: Cell, eol: string): string {
  const { body, escaped } = toScript(cell.source, eol);
  const rest: AttributeList = escaped ? [["escaped", null]] : [];
  const list: AttributeList = [["id", String(cell.id)], ...attributesOf(cell), ...rest];
  return `<script${list.map(written).join("")}>${body}</script>`;
}

function written([name, value]: readonly [string, string | null]): string {
  return value === null ? ` ${name}` : ` ${name}="${encodeAttribute(value)}"`;
}

function withTitle({ text, titleTag, notebookTag }: Layout, title: string): Layout {
  const at = titleTag?.body ?? { start: notebookTag.end, end: notebookTag.end };
  const fresh = titleTag ? encodeText(title) : `${eolOf(text)}  <title>${encodeText(title)}</title>`;
  return readLayout(text.slice(0, at.start) + fresh + text.slice(at.end), true);
}

function withPolicyOf({ text, notebookTag }: Layout, notebook: Notebook): Layout {
  const changes: Changes = new Map([["run", policyOf(notebook) === "lazy" ? "lazy" : undefined]]);
  const tag = patchTag(text, notebookTag, changes);
  return readLayout(text.slice(0, notebookTag.start) + tag + text.slice(notebookTag.end), true);
}

function eolOf(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? "\n";
}

/**
 * A cell's bytes in the file. `fixed` is what stays in place before it whatever becomes of the cell, `comments` go
 * where it goes but stay when it is deleted, `lead` is white space that goes with it.
 */
interface Piece {
  readonly placed: PlacedCell;
  readonly fixed: string;
  readonly comments: string;
  readonly lead: string;
}

function withCells(layout: Layout, cells: readonly Cell[]): string {
  const { text } = layout;
  const pieces = piecesOf(layout);
  const index = new Map(pieces.map((piece, i) => [piece.placed.cell.id, i]));
  const kept = new Set(cells.map((cell) => cell.id));
  const writer = new CellWriter(text);
  const start = layout.cells[0] ? blanksBefore(text, layout.cells[0].tag.start) : layout.start;
  let out = text.slice(0, start);
  let next = 0;
  const passTo = (end: number) => {
    for (; next < end; next++) out += remains(pieces[next], kept);
  };
  for (const cell of cells) {
    const at = index.get(cell.id);
    const piece = at === undefined ? undefined : pieces[at];
    if (at !== undefined) passTo(Math.max(next, at + 1));
    out += piece ? writer.moved(piece, cell) : writer.added(cell);
  }
  passTo(pieces.length);
  return out + writer.end(text.slice(pieces.at(-1)?.placed.tag.after ?? start));
}

function remains(piece: Piece | undefined, kept: ReadonlySet<number>): string {
  if (!piece) return "";
  return piece.fixed + (kept.has(piece.placed.cell.id) ? "" : piece.comments);
}

function piecesOf(layout: Layout): Piece[] {
  const { text, cells, comments } = layout;
  return cells.map((placed, i) => {
    const end = placed.tag.start;
    const lead = blanksBefore(text, end);
    const previous = cells[i - 1]?.tag.after ?? lead;
    const from = i === 0 ? lead : commentsBefore(text, lead, previous, comments);
    return {
      placed,
      fixed: text.slice(previous, from),
      comments: text.slice(from, lead),
      lead: text.slice(lead, end),
    };
  });
}

function blanksBefore(text: string, end: number): number {
  let at = end;
  while (at > 0 && /[\t\n\f\r ]/.test(text[at - 1] ?? "")) at--;
  return at;
}

/** Start of the comments that end at `end`, with the blanks before them, but not before `least`. */
function commentsBefore(
  text: string,
  end: number,
  least: number,
  comments: ReadonlyMap<number, number>,
): number {
  let at = end;
  for (let start = comments.get(at); start !== undefined && start >= least; start = comments.get(at))
    at = Math.max(least, blanksBefore(text, start));
  return at;
}

/** Writes cells one after the other, and knows which id a reader would give each. */
class CellWriter {
  readonly #text: string;
  readonly #eol: string;
  readonly #ids = new IdReader();
  #fresh = false;

  constructor(text: string) {
    this.#text = text;
    this.#eol = eolOf(text);
  }

  added(cell: Cell): string {
    this.#ids.take(cell.id);
    this.#fresh = true;
    return `${this.#eol}  ${canonicalCell(cell, this.#eol)}`;
  }

  moved(piece: Piece, cell: Cell): string {
    const { tag, cell: old } = piece.placed;
    const written = attributeOf(tag, "id")?.value ?? null;
    const needsId = this.#ids.foresee(written) !== cell.id;
    this.#ids.take(cell.id);
    this.#fresh = false;
    const before = piece.comments + piece.lead;
    const same = !needsId && old.source === cell.source && isEmpty(changedFields(old, cell));
    return (
      before + (same ? this.#text.slice(tag.start, tag.after) : this.#patched(piece.placed, cell, needsId))
    );
  }

  /** What follows the last cell; on a line of its own if that cell is new. */
  end(tail: string): string {
    return this.#fresh && /^<\/notebook/i.test(tail) ? this.#eol + tail : tail;
  }

  #patched({ tag, cell: old }: PlacedCell, cell: Cell, needsId: boolean): string {
    const escaped = attributeOf(tag, "escaped") !== undefined;
    const body = this.#text.slice(tag.end, tag.body?.end ?? tag.end);
    const script =
      old.source === cell.source ? { body, escaped } : patchScript({ body, escaped }, cell.source, this.#eol);
    const changes = attributeChanges(old, cell);
    if (needsId) changes.set("id", String(cell.id));
    if (script.escaped !== escaped) changes.set("escaped", script.escaped ? null : undefined);
    return (
      patchTag(this.#text, tag, changes) + script.body + this.#text.slice(tag.body?.end ?? tag.end, tag.after)
    );
  }
}

/** New values by name; null is an attribute without value, undefined none. */
type Changes = Map<string, string | null | undefined>;

function attributeChanges(old: Cell, cell: Cell): Changes {
  const before = new Map(attributesOf(old));
  const now = new Map(attributesOf(cell));
  const changes: Changes = new Map();
  for (const name of before.keys()) if (!now.has(name)) changes.set(name, undefined);
  for (const [name, value] of now)
    if (!before.has(name) || before.get(name) !== value) changes.set(name, value);
  return changes;
}

/** A start tag with some attributes changed in place, removed, or added behind the others. */
function patchTag(text: string, tag: OpenTag, changes: Changes): string {
  let out = "";
  let at = tag.start;
  for (const attribute of tag.attributes.filter(({ name }) => changes.has(name))) {
    const fresh = replacement(tag, attribute, changes);
    out += text.slice(at, fresh ? attribute.start : attribute.lead) + fresh;
    at = attribute.end;
  }
  const end = tag.attributes.at(-1)?.end ?? tag.start + `<${tag.name}`.length;
  const added = [...changes].filter(([name, value]) => value !== undefined && !attributeOf(tag, name));
  const fresh = added.map(([name, value]) => written([name, value ?? null])).join("");
  return out + text.slice(at, Math.max(at, end)) + fresh + text.slice(Math.max(at, end), tag.end);
}

function replacement(tag: OpenTag, attribute: Attribute, changes: Changes): string {
  const value = changes.get(attribute.name);
  if (value === undefined || attributeOf(tag, attribute.name) !== attribute) return "";
  return written([attribute.name, value]).trimStart();
}
