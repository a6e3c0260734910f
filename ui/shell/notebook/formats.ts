import { defaultFormat, type Format, isFormat } from "../../../kernel/notebook/document/formats.ts";

/** What each format of a data loader makes of its output. */
export const formatTexts: Readonly<Record<Format, string>> = {
  text: "Text",
  json: "JSON: a value",
  csv: "CSV: rows, with numbers and dates as such",
  tsv: "TSV: rows, with numbers and dates as such",
  html: "HTML: shown as part of the page",
  xml: "XML: a document",
  svg: "SVG: a picture",
  png: "PNG: a picture",
  jpeg: "JPEG: a picture",
  gif: "GIF: a picture",
  webp: "WebP: a picture",
  arrow: "Arrow: a table",
  parquet: "Parquet: a table",
  blob: "Blob: bytes, as files are",
  buffer: "Buffer: bytes",
};

/** The short name of a format; one that we do not know is shown as it is. */
export function formatText(format: string | null): string {
  const name = format ?? defaultFormat;
  return isFormat(name) ? (formatTexts[name].split(":", 1)[0] ?? name) : name;
}
