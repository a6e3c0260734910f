/** The DOM that Plot, Inputs and html work in where there is no browser: linkedom, with what forms need. */
import { NodeList, parseHTML } from "linkedom";
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
  const globals = globalThis as unknown as Record<string, unknown>;
  for (const name of names) globals[name] = window[name];
  globals.NodeList = NodeList;
  globals.HTMLCollection = NodeList;
  globals.window = globalThis;
  globals.getComputedStyle ??= () => ({ getPropertyValue: () => "" });
  globals.requestAnimationFrame ??= (callback: (time: number) => void) =>
    setTimeout(() => callback(performance.now()), 16);
  globals.cancelAnimationFrame ??= clearTimeout;
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
