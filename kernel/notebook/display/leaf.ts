import type { Limits } from "./limits.ts";
import type { Description } from "./output.ts";

type Kind = Description["kind"];

/** Describes a primitive; undefined for objects and functions. */
export function describePrimitive(value: unknown, limits: Limits): Description | undefined {
  if (value === null) return { kind: "null", text: "null" };
  switch (typeof value) {
    case "string":
      return describeString(value, limits);
    case "number":
      return { kind: "number", text: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { kind: "bigint", text: `${value}n` };
    case "symbol":
      return { kind: "symbol", text: value.toString() };
    case "undefined":
    case "boolean":
      return { kind: typeof value as Kind, text: String(value) };
    default:
      return undefined;
  }
}

function describeString(value: string, limits: Limits): Description {
  if (value.length <= limits.text) return { kind: "string", text: value };
  return { kind: "string", text: value.slice(0, limits.text), size: value.length };
}

/** ISO text of a date (ms since 1970, UTC), without a time that is midnight. */
export function dateText(time: number): string {
  if (Number.isNaN(time)) return "Invalid Date";
  const iso = new Date(time).toISOString();
  if (iso.endsWith("T00:00:00.000Z")) return iso.slice(0, -14);
  return iso.replace("T", " ").replace(/\.000Z$|Z$/, "");
}

/** A function by kind and name: "class Point", "ƒ add(a, b)", "async ƒ load()", "ƒ* walk()". */
export function functionText(name: string, source: string): string {
  if (/^class\b/.test(source)) return `class ${name || "(anonymous)"}`;
  const async = /^async\b/.test(source) ? "async " : "";
  const star = /^(async\s+)?(function\s*\*|\*)/.test(source) ? "*" : "";
  return `${async}ƒ${star} ${name}(${parameters(source)})`;
}

function parameters(source: string): string {
  const bare = /^(?:async\s+)?([\w$]+)\s*=>/.exec(source);
  if (bare) return bare[1] ?? "";
  const list = /^[^(]{0,200}\(([^()]{0,80})\)/.exec(source);
  if (list) return (list[1] ?? "").replace(/\s+/g, " ").trim();
  return source.includes("(") ? "…" : "";
}
