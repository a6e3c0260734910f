import { open, stat } from "node:fs/promises";
import type { SqlEngine } from "../engine/engine.ts";
import { globEscape } from "../engine/scan.ts";
import type { FilePreview } from "../notebook/api.ts";
import { inputError } from "../notebook/errors.ts";
import { mediaType } from "../notebook/media-type.ts";
import { literal } from "../notebook/sql-text.ts";
import { rowsAsText } from "./sample.ts";
import type { Place } from "./workspace-paths.ts";

const mostRows = 50;
const mostBytes = 64 * 1024;

const readers: readonly (readonly [RegExp, string])[] = [
  [/\.(csv|tsv)(\.gz)?$/i, "read_csv"],
  [/\.(json|ndjson|jsonl)(\.gz)?$/i, "read_json"],
  [/\.parquet$/i, "read_parquet"],
];

/** The beginning of a file: rows with types where the engine reads it, else text, or that it is a picture. */
export async function previewFile(
  { file, path }: Place,
  engine: () => Promise<SqlEngine>,
): Promise<FilePreview> {
  const found = await stat(file);
  if (!found.isFile()) throw inputError(`"${path}" is a folder`, "choose a file");
  const { size: bytes } = found;
  if (mediaType(file).startsWith("image/")) return { kind: "image", bytes };
  const reader = readers.find(([name]) => name.test(path))?.[1];
  const rows = reader && bytes > 0 ? await previewRows(await engine(), reader, file) : null;
  if (rows && !("failed" in rows)) return { kind: "table", bytes, ...rows };
  const note = rows ? rows.failed : undefined;
  return { ...(await previewText(file, bytes)), ...(note === undefined ? {} : { note }) };
}

type Rows = Pick<Extract<FilePreview, { kind: "table" }>, "columns" | "rows" | "more">;

async function previewRows(
  engine: SqlEngine,
  reader: string,
  file: string,
): Promise<Rows | { failed: string }> {
  try {
    const source = `${reader}(${literal(globEscape(file))})`;
    const { columns, rows } = await rowsAsText(engine, source, mostRows + 1);
    return { columns, rows: rows.slice(0, mostRows), more: rows.length > mostRows };
  } catch (error) {
    return { failed: error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error) };
  }
}

async function previewText(file: string, bytes: number): Promise<FilePreview> {
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(Math.min(bytes, mostBytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    const part = buffer.subarray(0, bytesRead);
    if (part.includes(0)) return { kind: "binary", bytes };
    // A character that is cut at the end is not the file's fault.
    const text = new TextDecoder("utf-8").decode(part, { stream: true });
    const strange = text.split("\ufffd").length - 1;
    if (strange > text.length / 20) return { kind: "binary", bytes };
    return { kind: "text", bytes, text, more: bytes > bytesRead };
  } finally {
    await handle.close();
  }
}
