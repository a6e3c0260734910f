import MarkdownIt from "markdown-it";
import { describe } from "../display/describe.ts";
import { dateText } from "../display/leaf.ts";
import { descriptionText } from "../display/text.ts";

const renderer = new MarkdownIt({ html: true, linkify: true, typographer: false });

export interface RenderedMarkdown {
  /** HTML with `<span data-hole="i"></span>` where `nodes[i]` belongs. */
  readonly html: string;
  readonly nodes: readonly unknown[];
}

/**
 * Renders a tagged template as CommonMark with tables. Text, numbers and dates become part of the Markdown; arrays
 * their elements one after the other; DOM nodes leave holes. HTML in the text stays as it is.
 */
export function renderMarkdown(strings: readonly string[], values: readonly unknown[]): RenderedMarkdown {
  const nodes: unknown[] = [];
  let source = strings[0] ?? "";
  values.forEach((value, index) => {
    source += interpolated(value, nodes) + (strings[index + 1] ?? "");
  });
  return { html: holesIn(renderer.render(dedented(source))), nodes };
}

function interpolated(value: unknown, nodes: unknown[]): string {
  if (isNode(value)) return hole(nodes.push(value) - 1);
  if (Array.isArray(value)) return value.map((each) => interpolated(each, nodes)).join("");
  return primitiveText(value);
}

function primitiveText(value: unknown): string {
  if (value instanceof Date) return dateText(value.getTime());
  if (typeof value !== "object" || value === null) return String(value);
  return hasOwnText(value) ? String(value) : descriptionText(describe(value));
}

function hasOwnText(value: object): boolean {
  return value.toString !== Object.prototype.toString && typeof value.toString === "function";
}

function isNode(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { nodeType?: unknown }).nodeType === "number"
  );
}

/**
 * Private-use characters around a number: plain text to Markdown wherever it stands, so a hole works in tables,
 * headings and links; a comment or a tag would start an HTML block.
 */
function hole(index: number): string {
  return `\uE000${index}\uE001`;
}

/** A paragraph of nothing but a hole is dropped: the node may be a figure, which no `<p>` can hold. */
function holesIn(html: string): string {
  return html
    .replace(/<p>\uE000(\d+)\uE001<\/p>/g, '<span data-hole="$1"></span>')
    .replace(/\uE000(\d+)\uE001/g, '<span data-hole="$1"></span>');
}

/** Drops the indentation that all lines share, so that a template indented with its code is no code block. */
function dedented(source: string): string {
  const lines = source.split("\n");
  const depths = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return depth > 0 ? lines.map((line) => line.slice(depth)).join("\n") : source;
}

/** What is needed of a DOM to make a Markdown element: a browser's document, or an emulation. */
export interface MarkdownDocument<E extends MarkdownElement> {
  createElement(name: string): E;
}

export interface MarkdownElement {
  className: string;
  innerHTML: string;
  querySelectorAll(selector: string): Iterable<MarkdownHole>;
}

export interface MarkdownHole {
  getAttribute(name: string): string | null;
  replaceWith(node: never): void;
}

/** The `md` template tag over a document: gives `<div class="pc-markdown">` with the nodes in place. */
export function markdownTag<E extends MarkdownElement>(document: MarkdownDocument<E>) {
  return function md(strings: readonly string[], ...values: unknown[]): E {
    const { html, nodes } = renderMarkdown(strings, values);
    const element = document.createElement("div");
    element.className = "pc-markdown";
    element.innerHTML = html;
    for (const span of Array.from(element.querySelectorAll("span[data-hole]")))
      span.replaceWith(nodes[Number(span.getAttribute("data-hole"))] as never);
    return element;
  };
}
