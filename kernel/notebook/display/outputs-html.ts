import { tableFromArrow } from "../table.ts";
import { escapeHtml } from "./escape.ts";
import { descriptionHtml } from "./inspector.ts";
import type { Output, TableOutput } from "./output.ts";
import { tableHtml } from "./table-html.ts";

/**
 * What a cell shows, as static HTML for reports and kept outputs. `html` outputs stand as they are; everything else
 * is escaped. A table shows its first rows and says how many there are.
 */
export function outputsHtml(outputs: readonly Output[]): string {
  return outputs.map((output) => `<div class="pc-output">${outputHtml(output)}</div>`).join("\n");
}

export function outputHtml(output: Output): string {
  switch (output.type) {
    case "html":
      return output.html;
    case "text":
      return `<pre class="pc-text">${escapeHtml(output.text)}</pre>`;
    case "value":
      return descriptionHtml(output.value);
    case "table":
      return tableOutputHtml(output.table);
  }
}

function tableOutputHtml(table: TableOutput): string {
  return tableHtml(withTypes(table), { rowCount: table.rowCount });
}

/** The head under the engine's own column types, which Arrow does not carry. */
function withTypes(table: TableOutput) {
  const head = tableFromArrow(table.head);
  return { columns: table.columns, length: head.length, getChild: (name: string) => head.getChild(name) };
}
