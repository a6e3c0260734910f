import type { FileShape } from "../catalog/crawled-files.ts";
import { classify } from "./classify.ts";
import { readCsv } from "./csv.ts";
import { readJson } from "./json.ts";
import { readParquet } from "./parquet.ts";
import type { ReadContext } from "./read-context.ts";

/** Reads one file to its shape; undefined where no classifier knows it. @throws UserError that names the file. */
export async function readFile(context: ReadContext): Promise<FileShape | undefined> {
  const classified = classify(context.file);
  if (classified.kind === "ignored") return undefined;
  if (classified.kind === "parquet") return readParquet(context);
  if (classified.kind === "csv") return readCsv(context, classified);
  return readJson(context, classified);
}
