import { cellText } from "../../kernel/notebook/display/cell-text.ts";
import { jsonValue } from "../../kernel/notebook/table-json.ts";
import type { Rows } from "./rows.ts";

/** Puts the selected cells on the clipboard as tab-separated values: whole and unformatted, as spreadsheets take them. */
export function copyCells(event: ClipboardEvent, box: HTMLElement, rows: Rows): void {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !event.clipboardData) return;
  const lines = Array.from(box.querySelectorAll("tbody tr")).flatMap((row) => {
    const cells = selectedCells(row, selection);
    return cells.length > 0 ? [cells.map((cell) => cellTsv(row, cell, rows)).join("\t")] : [];
  });
  if (lines.length === 0 || (lines.length === 1 && !lines[0]?.includes("\t"))) return;
  event.clipboardData.setData("text/plain", lines.join("\n"));
  event.preventDefault();
}

function selectedCells(row: Element, selection: Selection): HTMLTableCellElement[] {
  const cells = row.querySelectorAll<HTMLTableCellElement>("td:not([data-gap])");
  return Array.from(cells).filter((cell) => selection.containsNode(cell, true));
}

/** The row's number stands before the first column; a gap counts as many columns as it spans. */
function cellTsv(row: Element, cell: HTMLTableCellElement, rows: Rows): string {
  const index = Number(row.getAttribute("aria-rowindex")) - 2;
  const before = Array.from(row.querySelectorAll<HTMLTableCellElement>("td"));
  const spans = before.slice(0, before.indexOf(cell)).map((each) => each.colSpan);
  const column = spans.reduce((sum, span) => sum + span, 0);
  const found = rows.at(index);
  return found ? tsvText(found.data.value(found.index, column), rows.columns[column]?.type ?? "") : "";
}

/** A value as one field: numbers plain, dates as they are shown, objects as JSON; quoted where it holds a tab or line. */
export function tsvText(value: unknown, type: string): string {
  const text = plainText(value, type);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plainText(value: unknown, type: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" && !/^(DATE|TIME)/i.test(type)) return String(value);
  if (typeof value === "string" || typeof value === "bigint" || typeof value === "boolean")
    return String(value);
  if (value instanceof Date || typeof value === "number" || value instanceof Uint8Array)
    return cellText(value, type);
  return JSON.stringify(jsonValue(value)) ?? "";
}
