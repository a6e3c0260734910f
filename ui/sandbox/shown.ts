import type { Output } from "../../kernel/notebook/display/output.ts";

/** Something on the page that a cell shows. */
export interface Shown {
  readonly element: HTMLElement;
  /** What is kept of it when the notebook is closed. */
  snapshot(): Output;
  /** Settles when a value that was still to come is there. */
  readonly ready?: Promise<void>;
}

/** A fresh `<div class="pc-output">`. */
export function outputElement(...content: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement("div");
  element.className = "pc-output";
  element.append(...content);
  return element;
}

/** HTML as nodes; scripts in it do not run. */
export function parsed(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
