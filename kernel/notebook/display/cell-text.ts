import { describe } from "./describe.ts";
import { dateText } from "./leaf.ts";
import { descriptionText } from "./text.ts";

const longest = 1000;

/**
 * A table cell's value as people read it: thousands separators, ISO dates (UTC) without midnight, bytes as hex.
 * `type` is the engine's ("BIGINT", "DECIMAL(10,2)", "TIMESTAMP" …) and may be empty. Missing values give "".
 */
export function cellText(value: unknown, type: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return isTemporal(type) ? momentText(value, type) : numberText(value, type);
  if (typeof value === "bigint") return value.toLocaleString("en-US");
  if (typeof value === "string") return shortened(value);
  if (value instanceof Date) return momentText(value.getTime(), type);
  if (value instanceof Uint8Array) return bytesText(value);
  return shortened(descriptionText(describe(value, { depth: 3, entries: 20, total: 100, text: 200 })));
}

/** Whether values of the type are numbers, which tables align right. */
export function isNumeric(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INT(EGER)?\d*|FLOAT|DOUBLE|REAL|DECIMAL|NUMERIC|number|bigint)\b/i.test(
    type,
  );
}

/** Whether numbers of the column are labels, not amounts: 2,024 is no year. */
export function isLabel(name: string): boolean {
  return /(^|[_\s])(year|id|zip|zipcode|code|key|phone)$/i.test(name) || /[a-z](Id|Year|Code)$/.test(name);
}

function isTemporal(type: string): boolean {
  return /^(DATE|TIMESTAMP|TIME\b)/i.test(type);
}

function momentText(time: number, type: string): string {
  if (/^TIME(TZ)?$/i.test(type))
    return new Date(time)
      .toISOString()
      .slice(11)
      .replace(/(\.000)?Z$/, "");
  if (/^DATE$/i.test(type) && !Number.isNaN(time)) return new Date(time).toISOString().split("T")[0] ?? "";
  const text = dateText(time);
  return /^TIMESTAMP/i.test(type) && text.length === 10 ? `${text} 00:00:00` : text;
}

const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

function numberText(value: number, type: string): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || (value !== 0 && (size < 1e-4 || size >= 1e15))) return exponentText(value);
  const scale = /^DECIMAL\(\d+,\s*(\d+)\)/i.exec(type)?.[1];
  if (scale === undefined) return plain.format(value);
  return value.toLocaleString("en-US", {
    minimumFractionDigits: Number(scale),
    maximumFractionDigits: Number(scale),
  });
}

function exponentText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toLocaleString("en-US") : String(value);
}

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return bytes.length > 16 ? `${shown} … ${bytes.length.toLocaleString("en-US")} bytes` : shown;
}

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
