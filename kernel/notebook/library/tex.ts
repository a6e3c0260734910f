import katex, { type KatexOptions, type ParseError } from "katex";
import { inputError, type UserError } from "../errors.ts";
import type { ParseMarkup } from "./markup.ts";

type Tag<E> = (strings: readonly string[] & { readonly raw: readonly string[] }, ...values: unknown[]) => E;

/** ``tex`\\sqrt{x}` `` in a line of text, ``tex.block`…` `` on lines of its own. */
export interface Tex<E> extends Tag<E> {
  readonly block: Tag<E>;
  /** A tag with options of KaTeX: `tex.options({macros: {"\\RR": "\\mathbb{R}"}})`. */
  options(options: KatexOptions): Tag<E>;
}

/** The `tex` tag; its elements need KaTeX's style sheet. Throws a UserError for TeX that cannot be read. */
export function makeTex<E>(parse: ParseMarkup<E>): Tex<E> {
  const renderer =
    (options: KatexOptions): Tag<E> =>
    (strings, ...values) => {
      const source = String.raw(strings, ...values);
      return parse(texHtml(source, options), { role: "math", "aria-label": source.trim() });
    };
  return Object.assign(renderer({}), { block: renderer({ displayMode: true }), options: renderer });
}

function texHtml(source: string, options: KatexOptions): string {
  try {
    return katex.renderToString(source, { ...options, output: "html" });
  } catch (thrown) {
    throw thrown instanceof katex.ParseError ? unreadable(source, thrown as ParseError) : thrown;
  }
}

function unreadable(source: string, error: ParseError): UserError {
  const { position, rawMessage } = error as ParseError & { rawMessage?: string };
  const before = source.slice(0, position ?? 0).split("\n");
  const place = position === undefined ? "" : ` (line ${before.length}, column ${lastLength(before) + 1})`;
  return inputError(
    `this TeX cannot be read: ${rawMessage ?? error.message}${place}`,
    "check its braces and the names of its commands",
  );
}

const lastLength = (lines: readonly string[]) => lines.at(-1)?.length ?? 0;
