import { type Child, childrenOf, type Shape } from "../../kernel/notebook/display/children.ts";
import { describe } from "../../kernel/notebook/display/describe.ts";
import { identify } from "../../kernel/notebook/display/identify.ts";
import { keyHtml, leafHtml, summaryHtml } from "../../kernel/notebook/display/inspector.ts";
import type { Description } from "../../kernel/notebook/display/output.ts";
import { keyText } from "../../kernel/notebook/display/preview.ts";
import { outputElement, parsed, type Shown } from "./shown.ts";

/** Paths of entries that stand open ("0.3"), kept by the cell from run to run. */
export type OpenPaths = Set<string>;

const glance = { depth: 2, entries: 12, total: 80 };
const page = 50;

/** An inspector over a live value: what is closed has not been read, so any size opens at once. */
export function inspect(value: unknown, open: OpenPaths): Shown {
  const inspector = document.createElement("div");
  inspector.className = "pc-inspector";
  inspector.append(valueNode(value, { key: "", path: "", open }));
  return { element: outputElement(inspector), snapshot: () => ({ type: "value", value: describe(value) }) };
}

/** Where a value stands: the HTML of its key, its path from the top, and what stands open. */
interface At {
  readonly key: string;
  readonly path: string;
  readonly open: OpenPaths;
}

function valueNode(value: unknown, at: At): Node {
  const description = describe(value, glance);
  if (description.size === undefined || description.kind === "string")
    return parsed(at.key + leafHtml(description));
  const shape = identify(value as object).shape;
  const summary = at.key + summaryHtml(description);
  if (!shape || description.entries?.length === 0)
    return parsed(`<span class="pc-summary">${summary}</span>`);
  return foldable(value as object, shape, summary, at);
}

function foldable(value: object, shape: Shape, summary: string, { path, open }: At): HTMLElement {
  const details = document.createElement("details");
  details.append(parsed(`<summary>${summary}</summary>`));
  const fill = once(() => details.append(entriesNode(value, shape, path, open)));
  details.addEventListener("toggle", () => {
    if (details.open) fill();
    open[details.open ? "add" : "delete"](path);
  });
  if (open.has(path)) {
    fill();
    details.open = true;
  }
  return details;
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

function entriesNode(value: object, shape: Shape, path: string, open: OpenPaths): HTMLElement {
  const element = document.createElement("div");
  element.className = "pc-entries";
  appendEntries(element, { value, shape, path, open }, 0);
  return element;
}

interface Composite {
  readonly value: object;
  readonly shape: Shape;
  readonly path: string;
  readonly open: OpenPaths;
}

function appendEntries(element: HTMLElement, composite: Composite, from: number): void {
  const { size, list } = childrenOf(composite.value, composite.shape, from, page);
  list.forEach((child, index) => {
    element.append(entryNode(child, composite, `${composite.path}.${from + index}`));
  });
  const next = from + page;
  if (list.length >= page && next < size) element.append(moreButton(element, composite, next, size));
}

function moreButton(element: HTMLElement, composite: Composite, from: number, size: number): HTMLElement {
  const button = document.createElement("button");
  button.className = "pc-more";
  button.textContent = `${(size - from).toLocaleString("en-US")} more`;
  button.addEventListener("click", () => {
    button.remove();
    appendEntries(element, composite, from);
  });
  return button;
}

function entryNode(child: Child, { shape, open }: Composite, path: string): HTMLElement {
  const row = document.createElement("div");
  row.className = "pc-entry";
  const name = typeof child.key === "string" ? child.key : keyText(describe(child.key.of, glance));
  const key = keyHtml(name, shape);
  row.append(
    child.note ? parsed(key + leafHtml(note(child.note))) : valueNode(child.value, { key, path, open }),
  );
  return row;
}

function note(text: string): Description {
  return { kind: "undefined", text };
}
