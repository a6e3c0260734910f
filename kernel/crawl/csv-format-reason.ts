import type { Reason } from "../catalog/table.ts";
import { type Dialect, delimiterName } from "./dialect.ts";
import type { Head } from "./head.ts";
import type { ListedFile } from "./list.ts";
import { hintOf } from "./name-hint.ts";

const encodingReasons: Readonly<Record<string, string>> = {
  "utf-16": "the file begins with a UTF-16 byte order mark",
  "latin-1": "it is not UTF-8, and its bytes beyond ASCII stand singly, as letters of Western languages do",
};

/** Why a file is CSV, and how its text is cut into fields. */
export function csvFormatReason(file: ListedFile, head: Head, dialect: Dialect, encoding: string): Reason[] {
  const reasons = [formatReason(file, dialect), delimiterReason(dialect)];
  if (head.gzip) reasons.push({ about: "compression", choice: "gzip", because: "its first bytes are 1f 8b" });
  if (dialect.skip > 0) reasons.push(skipReason(dialect));
  const because = encodingReasons[encoding];
  if (because) reasons.push({ about: "encoding", choice: encoding, because });
  return reasons;
}

function formatReason(file: ListedFile, dialect: Dialect): Reason {
  const { extension, expects } = hintOf(file.path);
  const agrees = expects === "csv" ? "extension agrees" : `its extension "${extension}" says nothing`;
  const content =
    dialect.width >= 2 ? `content is text with ${dialect.width} columns` : "content is text with one column";
  return {
    about: "format",
    choice: "csv",
    because: `${content}; ${expects === "json" ? "its extension disagrees" : agrees}`,
  };
}

function delimiterReason(dialect: Dialect): Reason {
  const choice = delimiterName(dialect.delimiter);
  if (dialect.width < 2)
    return { about: "delimiter", choice, because: "no delimiter splits the lines, so there is one column" };
  const agreeing = Math.round(dialect.agreement * dialect.sampled);
  const share = agreeing === dialect.sampled ? `all ${agreeing}` : `${agreeing} of ${dialect.sampled}`;
  return {
    about: "delimiter",
    choice,
    because: `it splits ${share} sampled records into ${dialect.width} fields`,
  };
}

function skipReason({ skip }: Dialect): Reason {
  const because = "they are blank or begin with #";
  return { about: "skipped lines", choice: String(skip), because };
}
