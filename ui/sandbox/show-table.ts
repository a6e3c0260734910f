import type { TableOutput } from "../../kernel/notebook/display/output.ts";
import type { TableData } from "../../kernel/notebook/display/table-data.ts";
import { captionText, dataHtml } from "../../kernel/notebook/display/table-html.ts";
import type { Ask } from "../library/context.ts";
import { RemoteRows } from "./remote-rows.ts";
import { memoryRows } from "./rows.ts";
import { outputElement, type Shown } from "./shown.ts";
import { TableView } from "./table-view.ts";

/** The table of a kernel cell; its rows are fetched as they are scrolled to. */
export function showTableOutput(table: TableOutput, ask: Ask): Shown {
  const rows = new RemoteRows(table, ask);
  const view = new TableView(rows, captionText(rows.length, table.rowCount, 1, 1));
  return {
    element: outputElement(view.element),
    snapshot: () => ({ type: "table", table: { ...table, id: null } }),
  };
}

/** A table whose rows are all in memory. */
export function showTable(data: TableData): Shown {
  const view = new TableView(memoryRows(data), captionText(data.length, data.length, 1, 1));
  return { element: outputElement(view.element), snapshot: () => ({ type: "html", html: dataHtml(data) }) };
}
