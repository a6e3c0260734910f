import type { Output } from "../../kernel/notebook/display/output.ts";
import { outputHtml } from "../../kernel/notebook/display/outputs-html.ts";
import { tableDataOf } from "../../kernel/notebook/display/table-like.ts";
import { isFollowable, isThenable } from "../../kernel/notebook/runtime/followable.ts";
import type { Ask } from "../library/context.ts";
import { follow } from "./follow.ts";
import { makeHarmless } from "./harmless.ts";
import { inspect, inspectOutput, type OpenPaths } from "./inspect.ts";
import { loadStylesFor } from "./needed-styles.ts";
import { showNode } from "./node-output.ts";
import { showTable, showTableOutput } from "./show-table.ts";
import { outputElement, parsed, type Shown } from "./shown.ts";

/** Shows any value as Observable does: nodes as they are, promises and generators in place as they come. */
export function show(value: unknown, open: OpenPaths, signal: AbortSignal): Shown {
  if (value instanceof Node && isInsertable(value)) return showNode(value);
  const table = tableDataOf(value);
  if (table) return showTable(table);
  if (isThenable(value)) return showLater(open, signal, async (put) => put(await value));
  if (isFollowable(value)) return showLater(open, signal, (put) => follow(value, put, signal));
  return inspect(value, open);
}

/** No document or attribute, nor anything that holds the outputs themselves. */
function isInsertable(node: Node): boolean {
  if (node instanceof Document || node instanceof Attr) return false;
  return !(
    node instanceof Element &&
    node.isConnected &&
    node.querySelector(":scope .pc-cell, :scope.pc-cell, #column")
  );
}

/** A placeholder that what comes replaces, again and again; a failure shows as the error. */
function showLater(
  open: OpenPaths,
  signal: AbortSignal,
  start: (put: (value: unknown) => void) => Promise<void>,
): Shown {
  const element = outputElement(parsed('<span class="pc-pending">…</span>'));
  let now: Shown | undefined;
  const put = (value: unknown) => {
    if (signal.aborted) return;
    now = show(value, open, signal);
    element.replaceChildren(now.element);
  };
  const ready = new Promise<void>((resolve) => {
    const first = (value: unknown) => {
      put(value);
      resolve();
    };
    start(first).catch(first).then(resolve);
  });
  return { element, ready, snapshot: () => now?.snapshot() ?? { type: "text", text: "" } };
}

/** Shows what a kernel cell shows, or what was kept of a cell: then nothing in it runs. */
export function showOutput(output: Output, kept: boolean, ask: Ask, open: OpenPaths): Shown {
  if (output.type === "table") return showTableOutput(output.table, ask);
  if (output.type === "html") loadStylesFor(output.html);
  if (output.type === "value" && output.id !== undefined && !kept)
    return inspectOutput(output, output.id, open, ask);
  const content = parsed(outputHtml(output));
  return { element: outputElement(kept ? makeHarmless(content) : content), snapshot: () => output };
}
