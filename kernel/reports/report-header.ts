import { compile } from "../notebook/compiler/compile.ts";
import { escapeHtml } from "../notebook/display/escape.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import type { CellResult, RunResult } from "../session/headless.ts";

interface HeaderOptions {
  readonly notebook: Notebook;
  readonly result: RunResult;
}

/** Title and facts of the run: when, how long, and every parameter with its value. */
export function headerHtml(title: string, { notebook, result }: HeaderOptions): string {
  const parameters = parametersHtml(notebook, result.parameters);
  return `<header>
<h1>${escapeHtml(title)}</h1>
<p class="facts">${momentHtml(result.startedAt)} · ran in ${durationText(result.ms)}</p>
${parameters}</header>`;
}

function momentHtml(startedAt: string): string {
  const moment = new Date(startedAt);
  const format = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "long",
    timeStyle: "short",
  });
  const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" })
    .formatToParts(moment)
    .find((part) => part.type === "timeZoneName")?.value;
  return `<time datetime="${moment.toISOString()}">${format.format(moment)} ${zone ?? ""}</time>`;
}

function durationText(ms: number): string {
  if (ms < 950) return `${Math.max(1, Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function parametersHtml(notebook: Notebook, values: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(values);
  if (!names.length) return "";
  const labels = labelsOf(notebook);
  const items = names.map((name) => {
    const label = escapeHtml(labels.get(name) ?? name);
    return `<div><dt>${label}</dt><dd>${escapeHtml(valueText(values[name]))}</dd></div>`;
  });
  return `<dl class="parameters" aria-label="Parameters">${items.join("")}</dl>\n`;
}

function labelsOf(notebook: Notebook): ReadonlyMap<string, string> {
  const parameters = notebook.cells.flatMap((cell) => compile(cell).parameter ?? []);
  return new Map(parameters.flatMap(({ name, label }) => (label ? [[name, label]] : [])));
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  if (Array.isArray(value)) return value.map(valueText).join(", ") || "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What failed, with links to the places; nothing when all is well. */
export function failuresHtml(result: RunResult): string {
  const failed = result.cells.filter((cell) => cell.failure && cell.failure.kind !== "upstream");
  if (!failed.length) return "";
  const waiting = result.cells.filter((cell) => cell.failure?.kind === "upstream").length;
  const rest = waiting
    ? `<p>${waiting} more ${waiting === 1 ? "cell was" : "cells were"} not run because of that.</p>`
    : "";
  const count = failed.length === 1 ? "One cell" : `${failed.length} cells`;
  return `<section class="failures" aria-labelledby="failures">
<h2 id="failures">${count} failed: this report is incomplete</h2>
<ul>${failed.map(failedItem).join("")}</ul>${rest}
</section>
`;
}

function failedItem({ cell, failure }: CellResult): string {
  const name = cell.name ? `Cell ${cell.id}, ${cell.name}` : `Cell ${cell.id}`;
  return `<li><a href="#cell-${cell.id}">${escapeHtml(name)}</a>: ${escapeHtml(failure?.message ?? "")}</li>`;
}
