import { escapeHtml, span } from "./escape.ts";
import type { Description } from "./output.ts";
import { keyText, previewText, titleText } from "./preview.ts";

/** A description as an inspector that opens and closes without JavaScript (`<details>`); all text is escaped. */
export function descriptionHtml(description: Description): string {
  return `<div class="pc-inspector">${valueHtml(description)}</div>`;
}

function valueHtml(description: Description): string {
  return description.size === undefined || description.kind === "string"
    ? leafHtml(description)
    : compositeHtml(description);
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

function compositeHtml(description: Description): string {
  const entries = description.entries ?? [];
  const size = description.size ?? 0;
  if (entries.length === 0) return `<span class="pc-summary">${summaryHtml(description)}</span>`;
  const rows = entries
    .map((entry) => entryHtml(keyText(entry.key), valueHtml(entry.value), description))
    .join("");
  const rest = size - entries.length;
  const more =
    rest > 0 && !hasGaps(description)
      ? `<div class="pc-more">${rest.toLocaleString("en-US")} more</div>`
      : "";
  return `<details><summary>${summaryHtml(description)}</summary><div class="pc-entries">${rows}${more}</div></details>`;
}

/** Holes stand as one entry for many: the count of the rest would be wrong. */
function hasGaps(description: Description): boolean {
  return (description.entries ?? []).some((entry) => / … /.test(String(entry.key)));
}

function entryHtml(key: string, value: string, parent: Description): string {
  const mark = parent.kind === "map" ? " → " : ": ";
  return `<div class="pc-entry"><span class="pc-key">${escapeHtml(key)}</span>${mark}${value}</div>`;
}
