/** Columns of text, aligned, under a header line. Cells that are too wide for the last column are left whole. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]) =>
    row.map((text, i) => padded(text, widths[i] ?? 0, right.includes(i)));
  return all.map((row) => line(row).join("  ").trimEnd()).join("\n");
}

function padded(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - [...text].length));
  return right ? space + text : text + space;
}

/** 13493022 → "12.9 MiB" */
export function byteText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** 3000000 → "3,000,000" */
export const countText = (count: number) => count.toLocaleString("en-US");

/** `plural(2, "table")` → "2 tables" */
export const plural = (count: number, noun: string) => `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
