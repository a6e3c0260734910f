import { cellText, isLabel, isNumeric } from "./cell-text.ts";
import { escapeHtml } from "./escape.ts";
import type { TableColumn } from "./output.ts";
import { type ColumnarResult, fromColumnar, fromRows, isColumnar, type TableData } from "./table-data.ts";

export interface TableHtmlOptions {
  /** Rows of the whole table, where `table` holds only the first of them. */
  readonly rowCount?: number;
  /** Rows to show at most. Default 50. */
  readonly limit?: number;
  /** Columns to show at most. Default 100. */
  readonly columnLimit?: number;
}

const most = { rows: 50, columns: 100 };

/** A static table with a caption that says how much of it is shown; all text is escaped. */
export function tableHtml(table: ColumnarResult | readonly object[], options: TableHtmlOptions = {}): string {
  return dataHtml(isColumnar(table) ? fromColumnar(table) : fromRows(table), options);
}

/** `tableHtml` over rows that are read one value at a time. */
export function dataHtml(data: TableData, options: TableHtmlOptions = {}): string {
  const rows = Math.min(data.length, options.limit ?? most.rows);
  const columns = data.columns.slice(0, options.columnLimit ?? most.columns);
  const head = columns.map(headerCell).join("");
  const body = Array.from({ length: rows }, (_, row) => rowHtml(data, columns, row)).join("");
  const caption = captionText(rows, options.rowCount ?? data.length, columns.length, data.columns.length);
  return (
    `<figure class="pc-table"><div class="pc-scroll" tabindex="0" role="region" aria-label="Table">` +
    `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>` +
    `<figcaption>${escapeHtml(caption)}</figcaption></figure>`
  );
}

/** "1,000 of 3,000,000 rows", and the columns where some are left out. */
export function captionText(shown: number, rows: number, shownColumns: number, columns: number): string {
  const count = `${rows.toLocaleString("en-US")} ${rows === 1 ? "row" : "rows"}`;
  const of = shown < rows ? `${shown.toLocaleString("en-US")} of ${count}` : count;
  const left =
    shownColumns < columns ? `, ${shownColumns} of ${columns.toLocaleString("en-US")} columns` : "";
  return of + left;
}

/** A column's header: its name over its type. */
export function headerCell(column: TableColumn): string {
  const type = column.type
    ? `<span class="pc-column-type">${escapeHtml(column.type.toLowerCase())}</span>`
    : "";
  return `<th scope="col"${alignment(column)}><span class="pc-column-name">${escapeHtml(column.name)}</span>${type}</th>`;
}

function rowHtml(data: TableData, columns: readonly TableColumn[], row: number): string {
  return `<tr>${columns.map((column, index) => bodyCell(data.value(row, index), column)).join("")}</tr>`;
}

/** One value of a column as `<td>`. */
export function bodyCell(value: unknown, column: TableColumn): string {
  if (value === null || value === undefined)
    return `<td${alignment(column)}><span class="pc-null">null</span></td>`;
  const text = columnText(value, column);
  const title = text.length > 40 ? ` title="${escapeHtml(text)}"` : "";
  return `<td${alignment(column)}${title}>${escapeHtml(text)}</td>`;
}

/** `cellText`, except that numbers which are labels (years, ids) keep their digits together. */
function columnText(value: unknown, column: TableColumn): string {
  const whole = typeof value === "bigint" || Number.isInteger(value);
  return whole && isNumeric(column.type) && isLabel(column.name)
    ? String(value)
    : cellText(value, column.type);
}

function alignment(column: TableColumn): string {
  return isNumeric(column.type) ? ' class="pc-right"' : "";
}
