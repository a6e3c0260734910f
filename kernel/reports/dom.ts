import { parseHTML } from "linkedom";

/** The few things of the DOM that reports need, so that this code has types without a browser's library. */
export interface DomNode {
  readonly nodeType: number;
  textContent: string | null;
  remove(): void;
  replaceWith(...nodes: (DomNode | string)[]): void;
}

export interface DomParent extends DomNode {
  readonly children: ArrayLike<DomElement> & Iterable<DomElement>;
  readonly childNodes: ArrayLike<DomNode> & Iterable<DomNode>;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

export interface DomElement extends DomParent {
  readonly localName: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly parentElement: DomElement | null;
  innerHTML: string;
  id: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  removeAttribute(name: string): void;
  closest(selector: string): DomElement | null;
  append(...nodes: (DomNode | string)[]): void;
  prepend(...nodes: (DomNode | string)[]): void;
}

interface DomDocument {
  createElement(name: string): DomElement;
}

const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as {
  document: DomDocument;
};

/** An element that is in no page, with `html` parsed into it. Declarations have no place there (linkedom trips over them). */
export function parseInto(name: string, html: string): DomElement {
  const element = document.createElement(name);
  element.innerHTML = html.replace(/<[!?](?!--)[^>]*>?/g, "");
  return element;
}

export function createElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  text = "",
): DomElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}
