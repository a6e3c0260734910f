import type { Parameter } from "../notebook/compiler/compiled.ts";
import { textTable } from "./text-table.ts";

/** Parameters as a table for people: name, type, default, allowed values, label. */
export function parameterTable(parameters: readonly Parameter[]): string {
  if (!parameters.length) return "This notebook has no parameters.";
  const rows = parameters.map((p) => [
    `--${p.name}`,
    p.type,
    valueText(p.default),
    allowed(p),
    p.label ?? "",
  ]);
  return textTable(["name", "type", "default", "allowed values", "label"], rows);
}

function allowed({ options, min, max, step }: Parameter): string {
  if (options) return shortList(options.map(valueText));
  if (min === undefined && max === undefined) return "";
  const range = `${min ?? "…"} to ${max ?? "…"}`;
  return step === undefined ? range : `${range} in steps of ${step}`;
}

/** The first dozen values; how many are left out is said. `--json` has them all. */
function shortList(texts: readonly string[]): string {
  const shown = texts.slice(0, 12).join(", ");
  return texts.length > 12 ? `${shown} and ${texts.length - 12} more` : shown;
}

function valueText(value: unknown): string {
  if (value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(valueText).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
