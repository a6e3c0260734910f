/** The DOM that Plot, Inputs and html work in where there is no browser: linkedom, with what forms need. */
import { DOMParser, NodeList, parseHTML } from "linkedom";
import { addCanvas, type CanvasClasses } from "./canvas.ts";
import { addForms, type FormClasses } from "./forms.ts";

const names = [
  "document",
  "Node",
  "Element",
  "HTMLElement",
  "SVGElement",
  "Text",
  "DocumentFragment",
  "Event",
  "CustomEvent",
  "MutationObserver",
  "NodeFilter",
  "HTMLInputElement",
  "HTMLFormElement",
  "HTMLTableElement",
] as const;

let installed = false;

/** Puts a document and its classes on the global object, once. */
export function installDom(): void {
  if (installed) return;
  installed = true;
  const window = parseHTML("<!doctype html><html><head></head><body></body></html>") as unknown as Record<
    string,
    unknown
  >;
  addForms(window as unknown as FormClasses);
  addCanvas(window as unknown as CanvasClasses);
  // What libraries ask before they draw: whether the page has a doctype, and in what it runs (Node 20 does not say).
  (window.document as { compatMode?: string }).compatMode = "CSS1Compat";
  const globals = globalThis as unknown as Record<string, unknown>;
  globals.navigator ??= { userAgent: `Node.js/${process.versions.node}`, platform: process.platform };
  for (const name of names) globals[name] = window[name];
  globals.NodeList = NodeList;
  globals.HTMLCollection = NodeList;
  globals.window = globalThis;
  globals.getComputedStyle ??= () => ({ getPropertyValue: () => "" });
  globals.requestAnimationFrame ??= (callback: (time: number) => void) =>
    setTimeout(() => callback(performance.now()), 16);
  globals.cancelAnimationFrame ??= clearTimeout;
}

/** What is used of the document by ourselves. */
export interface DomDocument {
  createElement(name: string): DomElement;
}

export interface DomElement extends DomNode {
  innerHTML: string;
  readonly firstElementChild: DomElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  remove(): void;
}

/** The document, put there if need be. */
export function domDocument(): DomDocument {
  installDom();
  return (globalThis as unknown as { document: DomDocument }).document;
}

/** A text as a document of its own. */
export function parseDocument(text: string, type: string): unknown {
  return new DOMParser().parseFromString(text, type as "text/html");
}

/** An element or document fragment of this DOM. */
export interface DomNode {
  readonly nodeType: number;
  readonly outerHTML?: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
}

export function isNode(value: unknown): value is DomNode {
  return typeof value === "object" && value !== null && typeof (value as DomNode).nodeType === "number";
}

const fragment = 11;

export function htmlOf(node: DomNode): string {
  if (node.outerHTML !== undefined) return node.outerHTML;
  if (node.nodeType === fragment) return Array.from(node.childNodes, htmlOf).join("");
  return String(node);
}
