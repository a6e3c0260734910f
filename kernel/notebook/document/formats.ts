/** What a data loader's output is, with the names that Notebook Kit has for it. */
export const formats = [
  "text",
  "json",
  "csv",
  "tsv",
  "html",
  "xml",
  "svg",
  "png",
  "jpeg",
  "gif",
  "webp",
  "arrow",
  "parquet",
  "blob",
  "buffer",
] as const;

export type Format = (typeof formats)[number];

/** Bytes as they come: what a loader gives that names no format. */
export const defaultFormat: Format = "buffer";

export function isFormat(name: string): name is Format {
  return formats.some((format) => format === name);
}
