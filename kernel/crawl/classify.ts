import { type Dialect, detectDialect } from "./dialect.ts";
import { type Head, readHead, readTail } from "./head.ts";
import type { ListedFile } from "./list.ts";
import { hintOf, type NameHint } from "./name-hint.ts";
import { problems } from "./problems.ts";

/** What a file is, judged by its content. */
export type Classified =
  | { readonly kind: "ignored" }
  | { readonly kind: "parquet" }
  | { readonly kind: "json" | "ndjson"; readonly head: Head; readonly text: string }
  | { readonly kind: "csv"; readonly head: Head; readonly dialect: Dialect };

const ignored: Classified = { kind: "ignored" };

/**
 * Content first, name second. A file whose name promises data and whose content is not is a failure; one that
 * promises nothing and looks like nothing is ignored. @throws UserError
 */
export function classify(file: ListedFile): Classified {
  const hint = hintOf(file.path);
  const promised = hint.expects === "csv" || hint.expects === "json" || hint.expects === "parquet";
  if (file.bytes === 0) return orIgnored(promised, () => problems.empty(file));
  if (!promised && hint.expects === "other" && !hint.gzip) return parquetOrIgnored(file);
  const head = readHead(file);
  if (head.look.kind === "parquet") return parquet(file, head);
  if (hint.gzip && !head.gzip && promised)
    throw problems.notItsName(file, "gzip-compressed", head.look.called);
  if (head.look.kind === "binary" || head.look.kind === "gzip")
    return orIgnored(promised, () => problems.notItsName(file, promise(hint), head.look.called));
  return classifyText(file, hint, head, promised);
}

function orIgnored(promised: boolean, problem: () => Error): Classified {
  if (promised) throw problem();
  return ignored;
}

/** Parquet is sure by its first and last bytes, whatever the name. */
function parquetOrIgnored(file: ListedFile): Classified {
  const marked = readTail(file, 4).toString("latin1") === "PAR1";
  return marked && readHead(file).look.kind === "parquet" ? { kind: "parquet" } : ignored;
}

function parquet(file: ListedFile, head: Head): Classified {
  if (head.gzip) throw problems.compressedParquet(file);
  if (file.bytes < 12 || readTail(file, 4).toString("latin1") !== "PAR1")
    throw problems.truncatedParquet(file);
  return { kind: "parquet" };
}

function classifyText(file: ListedFile, hint: NameHint, head: Head, promised: boolean): Classified {
  if (head.look.kind === "utf-16be") return orIgnored(promised, () => problems.bigEndian(file));
  const text = textOf(head);
  if (text.trim() === "") return orIgnored(promised, () => problems.empty(file));
  const dialect = detectDialect(text, head.complete);
  if (hint.expects === "parquet")
    throw problems.notItsName(file, "a Parquet file", described(head, text, dialect));
  const json = jsonKind(text, hint);
  if (json) return head.look.kind === "text" ? { kind: json, head, text } : fail(problems.wideJson(file));
  if (hint.expects === "json") throw problems.notItsName(file, "JSON", described(head, text, dialect));
  if (/HTML/.test(head.look.called))
    return orIgnored(promised, () => problems.notItsName(file, "CSV", head.look.called));
  return promised || isTable(dialect) ? { kind: "csv", head, dialect } : ignored;
}

function fail(error: Error): never {
  throw error;
}

/** Without the byte order mark; a character that the head cuts off is no matter. */
function textOf(head: Head): string {
  const encoding = head.look.kind === "utf-16le" ? "utf16le" : "utf8";
  return head.bytes.toString(encoding).replace(/^\uFEFF/, "");
}

/** JSON under a JSON name may be broken and is then told so; under another name it has to parse. */
function jsonKind(text: string, hint: NameHint): "json" | "ndjson" | undefined {
  const trimmed = text.trimStart();
  if (!/^[[{]/.test(trimmed)) return undefined;
  const [first = "", second = ""] = trimmed.split("\n", 2);
  const byLine = trimmed.startsWith("{") && isJson(first);
  const lines = byLine && (second.trimStart().startsWith("{") || /^(ndjson|jsonl)$/.test(hint.extension));
  if (lines || /^(ndjson|jsonl)$/.test(hint.extension)) return "ndjson";
  return hint.expects === "json" || byLine || isJson(trimmed) ? "json" : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Every sampled record the same width: prose and code do not do that. */
function isTable(dialect: Dialect): boolean {
  return dialect.width >= 2 && dialect.sampled >= 2 && dialect.agreement === 1;
}

function promise(hint: NameHint): string {
  if (hint.expects === "parquet") return "a Parquet file";
  return hint.expects === "json" ? "JSON" : "CSV";
}

function described(head: Head, text: string, dialect: Dialect): string {
  if (/^\s*[[{]/.test(text) || /HTML/.test(head.look.called)) return head.look.called;
  return isTable(dialect) ? `CSV text with ${dialect.width} columns` : "plain text";
}
