import { escapeHtml, span } from "./escape.ts";
import type { Description } from "./output.ts";
import { keyText, previewText, titleText } from "./preview.ts";

/** A description as an inspector that opens and closes without JavaScript (`<details>`); all text is escaped. */
export function descriptionHtml(description: Description): string {
  return `<div class="pc-inspector">${valueHtml(description)}</div>`;
}

function valueHtml(description: Description, key = ""): string {
  return description.size === undefined || description.kind === "string"
    ? key + leafHtml(description)
    : compositeHtml(description, key);
}

/** A value without entries, or a cut string. */
export function leafHtml(description: Description): string {
  const { kind, text, size } = description;
  if (kind === "string") return stringHtml(text, size);
  if (kind === "circular") return span("circular", `↻ ${text}`);
  return span(kind, text);
}

function stringHtml(text: string, size: number | undefined): string {
  const cut = size === undefined ? "" : span("cut", ` ${size.toLocaleString("en-US")} characters in all`);
  return `${span("string", `"${text.replace(/["\\]/g, "\\$&")}${size === undefined ? '"' : "…"}`)}${cut}`;
}

/** Title and one-line preview of a composite, as it stands in its `<summary>`. */
export function summaryHtml(description: Description): string {
  const title = titleText(description);
  const name = title ? `${span(description.kind === "error" ? "error" : "type", title)} ` : "";
  if (description.kind === "error") return name;
  return `${name}${span("preview", description.entries ? previewText(description) : "…")}`;
}

function compositeHtml(description: Description, key: string): string {
  const entries = description.entries ?? [];
  const rest = (description.size ?? 0) - entries.length;
  const summary = key + summaryHtml(description);
  if (entries.length === 0) return `<span class="pc-summary">${summary}</span>`;
  const rows = entries.map((entry) => entryHtml(entry, description.kind)).join("");
  const more = rest > 0 && !hasGaps(entries) ? moreHtml(rest) : "";
  return `<details><summary>${summary}</summary><div class="pc-entries">${rows}${more}</div></details>`;
}

function moreHtml(rest: number): string {
  return `<div class="pc-more">${rest.toLocaleString("en-US")} more</div>`;
}

type Entry = NonNullable<Description["entries"]>[number];

/** Holes stand as one entry for many: the count of the rest would be wrong. */
function hasGaps(entries: readonly Entry[]): boolean {
  return entries.some((entry) => typeof entry.key === "string" && entry.key.includes(" … "));
}

function entryHtml(entry: Entry, parent: Description["kind"]): string {
  return `<div class="pc-entry">${valueHtml(entry.value, keyHtml(keyText(entry.key), parent))}</div>`;
}

/** The key of an entry, as it stands before its value. */
export function keyHtml(key: string, parent: Description["kind"]): string {
  return `<span class="pc-key">${escapeHtml(key)}</span>${parent === "map" ? " → " : ": "}`;
}
