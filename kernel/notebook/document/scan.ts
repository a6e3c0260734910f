import { UserError } from "../errors.ts";
import { decodeEntities } from "./entities.ts";

/** An attribute of a tag; offsets into the text. `lead` is where the blanks before its name start. */
export interface Attribute {
  /** In lower case. */
  readonly name: string;
  /** Decoded; null without "=". */
  readonly value: string | null;
  readonly lead: number;
  readonly start: number;
  readonly end: number;
}

export type Token =
  | {
      readonly type: "comment" | "close";
      readonly name: string;
      readonly start: number;
      readonly end: number;
    }
  | OpenTag;

/** A start tag. For elements whose content is text (script, title …) also that content, and `after` their end tag. */
export interface OpenTag {
  readonly type: "open";
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly Attribute[];
  readonly body: { readonly start: number; readonly end: number } | null;
  readonly after: number;
}

/** Elements in which tags are text. */
const textElements = new Set([
  "script",
  "style",
  "title",
  "textarea",
  "xmp",
  "iframe",
  "noembed",
  "noframes",
]);

/**
 * Tags and comments of an HTML text in order, as the HTML standard's tokenizer finds them. One pass: time follows length.
 * @throws UserError kind "input" with line and column for a comment, tag or text element that is never closed
 */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let at = text.indexOf("<");
  while (at >= 0) {
    const token = tokenAt(text, at);
    if (token) tokens.push(token);
    at = text.indexOf("<", token ? (token.type === "open" ? token.after : token.end) : at + 1);
  }
  return tokens;
}

/** Failure at an offset of the text. */
export function failureAt(text: string, offset: number, message: string, remedy: string): UserError {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  return new UserError({ kind: "input", message, remedy, line: before.length, column });
}

/** The value that a reader of the tag sees: the first attribute of the name. */
export function attributeOf(tag: OpenTag, name: string): Attribute | undefined {
  return tag.attributes.find((attribute) => attribute.name === name);
}

function tokenAt(text: string, start: number): Token | null {
  if (text.startsWith("<!--", start)) return comment(text, start);
  if (/[!?]/.test(text[start + 1] ?? "")) return bogus(text, start);
  const name = match(/<\/?([a-zA-Z][^\t\n\f\r />]*)/y, text, start);
  if (!name?.[1]) return text.startsWith("</", start) ? bogus(text, start) : null;
  const { attributes, end } = tagRest(text, start, start + name[0].length);
  const lower = name[1].toLowerCase();
  if (text[start + 1] === "/") return { type: "close", name: lower, start, end };
  const open: OpenTag = { type: "open", name: lower, start, end, attributes, body: null, after: end };
  return textElements.has(lower) ? withBody(text, open) : open;
}

function comment(text: string, start: number): Token {
  const short = match(/<!---?>/y, text, start);
  const end = short ? start + short[0].length : commentEnd(text, start + 4);
  if (end < 0) throw failureAt(text, start, "the comment <!-- is never closed", "close it with -->");
  return { type: "comment", name: "", start, end };
}

function commentEnd(text: string, from: number): number {
  const close = /--!?>/g;
  close.lastIndex = from;
  return close.exec(text) ? close.lastIndex : -1;
}

/** `<!doctype …>` and other things that reach to the next ">". */
function bogus(text: string, start: number): Token {
  const close = text.indexOf(">", start);
  return { type: "comment", name: "", start, end: close < 0 ? text.length : close + 1 };
}

const attributePattern =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:([\t\n\f\r ]*=[\t\n\f\r ]*)(?:"([^"]*)"|'([^']*)'|([^"'\t\n\f\r >][^\t\n\f\r >]*))?)?/y;

function tagRest(text: string, tag: number, from: number): { attributes: Attribute[]; end: number } {
  const attributes: Attribute[] = [];
  let at = from;
  for (let found = match(attributePattern, text, at); found; found = match(attributePattern, text, at)) {
    const end = at + found[0].length;
    const [, name = "", equals, double, single, bare] = found;
    const value = double ?? single ?? bare;
    if (equals !== undefined && value === undefined && /["']/.test(text[end] ?? ""))
      throw unclosed(text, tag);
    attributes.push(attribute(text, at, end, name, equals === undefined ? null : (value ?? "")));
    at = end;
  }
  const close = match(/[\t\n\f\r /]*>/y, text, at);
  if (!close) throw unclosed(text, tag);
  return { attributes, end: at + close[0].length };
}

function attribute(text: string, lead: number, end: number, name: string, value: string | null): Attribute {
  const blanks = match(/[\t\n\f\r /]*/y, text, lead)?.[0].length ?? 0;
  const decoded = value === null ? null : decodeEntities(value.replace(/\r\n?/g, "\n"));
  return { name: name.toLowerCase(), value: decoded, lead, start: lead + blanks, end };
}

function unclosed(text: string, tag: number): UserError {
  const shown = text.slice(tag, tag + 30).split(/[\r\n]/)[0];
  return failureAt(text, tag, `the tag ${shown} is never closed`, 'close it with ">"');
}

function withBody(text: string, open: OpenTag): OpenTag {
  const end = open.name === "script" ? scriptEnd(text, open.end) : rawEnd(text, open.name, open.end);
  if (end < 0) throw neverEnds(text, open);
  const close = tagRest(text, end, end + `</${open.name}`.length);
  return { ...open, body: { start: open.end, end }, after: close.end };
}

function neverEnds(text: string, open: OpenTag): UserError {
  const id = attributeOf(open, "id")?.value;
  const tag = id ? `<${open.name} id="${id}">` : `<${open.name}>`;
  return failureAt(text, open.start, `${tag} is never closed`, `close it with </${open.name}>`);
}

function rawEnd(text: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, "gi");
  close.lastIndex = from;
  return close.exec(text)?.index ?? -1;
}

/**
 * Offset of the `</script` that ends a script's content, or -1. After `<!--` a `<script` opens a second level, which
 * only `</script` or `-->` closes: the standard's "double escaped" state.
 */
export function scriptEnd(text: string, from: number): number {
  const mark = /<!--|-->|<\/?script(?=[\t\n\f\r />])/gi;
  mark.lastIndex = from;
  let level = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const [what] = found;
    if (what === "<!--") {
      level = Math.max(level, 1);
      mark.lastIndex = found.index + 2;
    } else if (what === "-->") level = 0;
    else if (what[1] !== "/") level = level === 1 ? 2 : level;
    else if (level < 2) return found.index;
    else level = 1;
  }
  return -1;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
