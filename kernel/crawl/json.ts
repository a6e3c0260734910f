import type { FileShape } from "../catalog/crawled-files.ts";
import type { Reason } from "../catalog/table.ts";
import { UserError } from "../notebook/errors.ts";
import type { Classified } from "./classify.ts";
import { columnReason } from "./column-reason.ts";
import type { Head } from "./head.ts";
import { describeJson, type JsonOptions, type ScannedJson, sampledRecords, scanJson } from "./json-scan.ts";
import { hintOf } from "./name-hint.ts";
import { problems } from "./problems.ts";
import type { ReadContext } from "./read-context.ts";
import { verifyText } from "./verify.ts";

type Json = Extract<Classified, { kind: "json" | "ndjson" }>;

/** Up to this size every record is looked at for the schema, above it the first ones. */
const wholeBelow = 64 * 1024 * 1024;
const objectLimit = 512 * 1024 * 1024;

/** Infers the schema of a JSON or NDJSON file, then validates and counts its records. @throws UserError */
export async function readJson(context: ReadContext, classified: Json): Promise<FileShape> {
  await verifyJson(context, classified.head);
  const options = optionsOf(context, classified);
  try {
    return await inferred(context, classified, options);
  } catch (thrown) {
    throw context.signal?.aborted ? thrown : jsonProblem(context, thrown);
  }
}

async function verifyJson(context: ReadContext, head: Head): Promise<void> {
  const onFraction = (fraction: number) => context.onFraction(0.3 * fraction);
  const encoding = await verifyText(context.file, head, { onFraction, signal: context.signal });
  if (encoding !== "utf-8")
    throw problems.badJson(
      context.file,
      "",
      "its text is not UTF-8 (it may be ISO 8859-1: iconv -f ISO-8859-1 -t UTF-8)",
    );
}

function optionsOf({ file }: ReadContext, { kind, head, text }: Json): JsonOptions {
  const scalars = kind === "json" && /^\s*\[\s*[^{\s\]]/.test(text);
  const large = kind === "json" && file.bytes > 16_000_000;
  return {
    ...(head.gzip && !/\.gz$/i.test(file.path) ? { compression: "gzip" } : {}),
    ...(scalars ? { records: "false" } : {}),
    ...(large ? { maximum_object_size: Math.min(objectLimit, file.bytes * (head.gzip ? 20 : 2)) } : {}),
  };
}

async function inferred(context: ReadContext, classified: Json, options: JsonOptions): Promise<FileShape> {
  const whole = context.file.bytes <= wholeBelow;
  const reading = { ...options, format: classified.kind === "ndjson" ? "newline_delimited" : "auto" };
  const columns = await describeJson(context, reading, whole ? -1 : sampledRecords);
  const scanned = await scanJson(context, reading, columns, whole);
  if (scanned.rows === 0) throw problems.noTable(context.file);
  const reasons = [formatReason(context, classified), ...typeReasons(scanned)];
  return { format: classified.kind, options, columns: scanned.columns, rowCount: scanned.rows, reasons };
}

function formatReason({ file }: ReadContext, { kind, text }: Json): Reason {
  const array = text.trimStart().startsWith("[");
  const form =
    kind === "ndjson"
      ? "each line is one JSON object"
      : array
        ? "content is one JSON array"
        : "content is JSON objects";
  const agrees =
    hintOf(file.path).expects === "json" ? "extension agrees" : "its extension says nothing of JSON";
  return { about: "format", choice: kind, because: `${form}; ${agrees}` };
}

function typeReasons({ columns, mixed, whole }: ScannedJson): Reason[] {
  const which = whole ? "all records" : `the first ${sampledRecords.toLocaleString("en")} records`;
  const because = (name: string, type: string) => {
    if (mixed.has(name)) return "its values are of several kinds, such as numbers and text";
    return type === "JSON" ? `its values in ${which} have no one type` : `it fits the values of ${which}`;
  };
  return columns.map(({ name, type }) => columnReason(name, type, because(name, type)));
}

function jsonProblem({ file }: ReadContext, thrown: unknown): unknown {
  if (thrown instanceof UserError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (/maximum_object_size/.test(message)) return problems.bigObject(file);
  const found = malformed.exec(message);
  if (!found) return problems.other(file, message.split("\n")[0] ?? message);
  const [, byte, unit, number, detail = ""] = found;
  const place = `in ${unit === "line" ? "line" : "record"} ${Number(number) - 1}, byte ${byte}`;
  return problems.badJson(file, place, detail.replace(/\.\s*$/, ""));
}

/** DuckDB counts the line that fails among those that are behind it, so its number is one too high. */
const malformed =
  /^Invalid Input Error: Malformed JSON in file ".*", at byte (\d+) in (line|record\/value) (\d+): (.*)/;
