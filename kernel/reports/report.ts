import { basename } from "node:path";
import { escapeHtml } from "../notebook/display/escape.ts";
import { outputStyles } from "../notebook/display/styles.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import type { RunResult } from "../session/headless.ts";
import { arrangeHeadings, contentsHtml } from "./headings.ts";
import { imagesOf } from "./images.ts";
import { cellHtml, renderCell } from "./report-cell.ts";
import { failuresHtml, headerHtml } from "./report-header.ts";
import { reportStyles } from "./report-styles.ts";
import { texStyles } from "./tex-styles.ts";

export interface ReportOptions {
  readonly notebook: Notebook;
  readonly result: RunResult;
  /** Cells whose code is shown: those marked `pinned` (default), all, or none. */
  readonly code?: "pinned" | "all" | "none";
  /** Absolute path of the notebook file: images in cells are found relative to it. */
  readonly source?: string;
  /** The workspace: images outside of it are not carried. Default: the notebook's folder. */
  readonly root?: string;
}

/** Nothing may run, and nothing may be fetched: a report says what it says, wherever it is opened. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * A notebook's outputs as one HTML document that needs no script and no network: title, facts of the run, what
 * failed, then each cell's outputs in order. Follows the reader's light or dark setting, and prints.
 */
export function renderReport(options: ReportOptions): string {
  const { notebook, result, source } = options;
  const title = notebook.title.trim() || (source ? basename(source, ".html") : "Untitled");
  const code = options.code ?? "pinned";
  const images = imagesOf(source, options.root);
  const cells = result.cells.map((cell) => renderCell(cell, code, images));
  const headings = arrangeHeadings(
    cells.map((cell) => cell.body),
    title,
  );
  const body = cells.map(cellHtml).filter(Boolean).join("\n");
  return page(
    title,
    outputStyles + reportStyles + texStyles(cells.map((cell) => cell.body)),
    `${headerHtml(title, options)}
${failuresHtml(result)}${contentsHtml(headings)}
<main>
${body || '<p class="empty">This notebook shows nothing.</p>'}
</main>
${footerHtml(source)}`,
  );
}

/** Control characters have no place in HTML, and make a file binary to the tools of mail and search. */
const controls = /[^\P{Cc}\t\n\r]/gu;

function page(title: string, styles: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Percolate">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
</head>
<body>
${body.replace(controls, "\ufffd")}
</body>
</html>
`;
}

function footerHtml(source: string | undefined): string {
  const from = source ? ` from <span class="file">${escapeHtml(basename(source))}</span>` : "";
  return `<footer><p>Made with Percolate${from}.</p></footer>`;
}
