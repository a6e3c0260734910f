import { codeFrame } from "../notebook/display/code-frame.ts";
import { escapeHtml } from "../notebook/display/escape.ts";
import { outputsHtml } from "../notebook/display/outputs-html.ts";
import type { Failure } from "../notebook/errors.ts";
import type { CellResult } from "../session/headless.ts";
import { nameCharts } from "./charts.ts";
import { type DomElement, parseInto } from "./dom.ts";
import { type InlineImage, sanitize } from "./sanitize.ts";
import { settleInputs } from "./settled-inputs.ts";

/** A cell on its way into a report; `body` is its outputs as a tree, already safe. */
export interface RenderedCell {
  readonly result: CellResult;
  readonly body: DomElement;
  readonly code: string;
}

export function renderCell(
  result: CellResult,
  code: "pinned" | "all" | "none",
  images: InlineImage,
): RenderedCell {
  const body = parseInto("div", result.cell.hidden ? "" : outputsHtml(result.outputs));
  settleInputs(body);
  sanitize(body, images);
  nameCharts(body);
  const shown = code === "all" || (code === "pinned" && result.cell.pinned);
  return { result, body, code: shown ? codeHtml(result, code === "pinned") : "" };
}

/** The cell's section, or nothing when it has nothing to show. */
export function cellHtml({ result, body, code }: RenderedCell): string {
  const outputs = isEmpty(body) ? "" : body.innerHTML;
  const failure = failureHtml(result);
  if (!outputs && !failure && !code) return "";
  const { id, name, mode } = result.cell;
  const label = name ? ` aria-label="${escapeHtml(name)}"` : "";
  const kind = `cell ${/^[a-z]+$/.test(mode) ? mode : "other"}`;
  return `<section id="cell-${id}" class="${kind}"${label}>\n${[outputs, failure, code].filter(Boolean).join("\n")}\n</section>`;
}

const isEmpty = (body: DomElement) => !body.textContent?.trim() && !body.querySelector("svg, img, hr");

function codeHtml({ cell }: CellResult, open: boolean): string {
  const name = cell.name ? ` of ${escapeHtml(cell.name)}` : "";
  return `<details class="code"${open ? " open" : ""}><summary>${languageOf(cell.mode)}${name}</summary>
<pre tabindex="0"><code>${escapeHtml(cell.source)}</code></pre></details>`;
}

function languageOf(mode: string): string {
  const names: Readonly<Record<string, string>> = {
    ts: "TypeScript",
    js: "JavaScript",
    sql: "SQL",
    md: "Markdown",
    html: "HTML",
    tex: "TeX",
    dot: "Graphviz",
    ojs: "Observable JavaScript",
    node: "Node",
    python: "Python",
    r: "R",
  };
  return names[mode] ?? "Code";
}

function failureHtml({ cell, failure }: CellResult): string {
  if (!failure) return "";
  if (failure.kind === "upstream") return waitingHtml(failure);
  const { line, column = 1, message } = failure;
  const place = line === undefined ? "" : ` <span class="place">line ${line}:${column}</span>`;
  const remedy = failure.remedy ? `<p class="remedy">${escapeHtml(failure.remedy)}</p>` : "";
  const frame = line === undefined ? [] : codeFrame(cell.source, { line, column });
  const code = frame.length > 0 ? `<pre tabindex="0">${escapeHtml(frame.join("\n"))}</pre>` : "";
  return `<div class="failure"><p><strong>This cell failed.</strong>${place}</p><p>${escapeHtml(message)}</p>${causesHtml(failure)}${remedy}${code}</div>`;
}

function causesHtml({ causes = [] }: Failure): string {
  return causes.map((cause) => `<p>caused by ${escapeHtml(cause.message)}</p>${causesHtml(cause)}`).join("");
}

function waitingHtml(failure: Failure): string {
  const cell = failure.cells?.[0];
  const link = cell === undefined ? "a cell" : `<a href="#cell-${cell}">cell ${cell}</a>`;
  return `<p class="waiting">Not run: it uses ${link}, which failed.</p>`;
}
