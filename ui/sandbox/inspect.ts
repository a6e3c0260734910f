import { describe } from "../../kernel/notebook/display/describe.ts";
import { escapeHtml } from "../../kernel/notebook/display/escape.ts";
import { keyHtml, leafHtml, summaryHtml } from "../../kernel/notebook/display/inspector.ts";
import type { Description, ValueOutput } from "../../kernel/notebook/display/output.ts";
import { failureText, toFailure } from "../../kernel/notebook/errors.ts";
import type { Ask } from "../library/context.ts";
import { type Entries, type Inspected, liveValue, remoteValue } from "./inspected.ts";
import { longTextButtons } from "./long-text.ts";
import { outputElement, parsed, type Shown } from "./shown.ts";

/** Paths of entries that stand open ("0.3"), kept by the cell from run to run. */
export type OpenPaths = Set<string>;

const page = 50;

/** An inspector over a live value: what is closed has not been read, so any size opens at once. */
export function inspect(value: unknown, open: OpenPaths): Shown {
  const inspected = liveValue(value, { depth: 2, entries: 12, total: 80, text: 10_000 });
  return { element: inspector(inspected, open), snapshot: () => ({ type: "value", value: describe(value) }) };
}

/** An inspector over a value of a kernel cell: its entries are asked for as they are opened. */
export function inspectOutput(output: ValueOutput, id: string, open: OpenPaths, ask: Ask): Shown {
  const { id: _, ...kept } = output;
  return { element: inspector(remoteValue(output.value, ask, id), open), snapshot: () => kept };
}

function inspector(value: Inspected, open: OpenPaths): HTMLElement {
  const element = document.createElement("div");
  element.className = "pc-inspector";
  element.dataset.live = "";
  element.append(valueNode(value, { key: "", path: "", open }));
  return outputElement(element);
}

/** Where a value stands: the HTML of its key, its path from the top, and what stands open. */
interface At {
  readonly key: string;
  readonly path: string;
  readonly open: OpenPaths;
}

function valueNode(value: Inspected, at: At): Node {
  const { description } = value;
  if (description.kind === "string" && description.size !== undefined) return longText(value, at.key);
  if (description.size === undefined || description.kind === "string")
    return parsed(at.key + leafHtml(description));
  const summary = at.key + summaryHtml(description);
  if (description.size === 0) return parsed(`<span class="pc-summary">${summary}</span>`);
  return foldable(value, summary, at);
}

function longText(value: Inspected, key: string): Node {
  const { text, size = 0 } = value.description;
  const content = parsed(`${key}<span class="pc-string">"${escapeHtml(text)}</span>`);
  const shown = content.querySelector(".pc-string")?.lastChild as Text;
  const cut = `<span class="pc-cut"> ${size.toLocaleString("en-US")} characters in all </span>`;
  content.append(parsed(cut), longTextButtons(value, shown));
  return content;
}

function foldable(value: Inspected, summary: string, at: At): HTMLElement {
  const details = document.createElement("details");
  details.append(parsed(`<summary>${summary}</summary>`));
  const fill = once(() => details.append(entriesNode(value, at)));
  details.addEventListener("toggle", () => {
    if (details.open) fill();
    at.open[details.open ? "add" : "delete"](at.path);
  });
  if (at.open.has(at.path)) {
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

function entriesNode(value: Inspected, { path, open }: At): HTMLElement {
  const element = document.createElement("div");
  element.className = "pc-entries";
  void appendEntries(element, { value, path, open }, 0);
  return element;
}

interface Composite {
  readonly value: Inspected;
  readonly path: string;
  readonly open: OpenPaths;
}

/** At once, if the entries are here; else as soon as they are. */
function appendEntries(element: HTMLElement, composite: Composite, from: number): void {
  const entries = composite.value.entries(from, page);
  if (!(entries instanceof Promise)) return putEntries(element, composite, from, entries);
  const waiting = document.createElement("div");
  waiting.className = "pc-pending";
  waiting.textContent = "…";
  element.append(waiting);
  entries
    .then((come) => {
      waiting.remove();
      putEntries(element, composite, from, come);
    })
    .catch((error: unknown) => {
      waiting.textContent = failureText(toFailure(error));
    });
}

function putEntries(element: HTMLElement, composite: Composite, from: number, { size, list }: Entries): void {
  const { kind } = composite.value.description;
  list.forEach(({ key, value }, index) => {
    element.append(entryNode(key, value, kind, `${composite.path}.${from + index}`, composite.open));
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

function entryNode(
  name: string,
  value: Inspected,
  parent: Description["kind"],
  path: string,
  open: OpenPaths,
): HTMLElement {
  const row = document.createElement("div");
  row.className = "pc-entry";
  row.append(valueNode(value, { key: keyHtml(name, parent), path, open }));
  return row;
}
