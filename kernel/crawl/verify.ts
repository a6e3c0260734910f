import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { Head } from "./head.ts";
import type { ListedFile } from "./list.ts";
import { problems } from "./problems.ts";
import { checkStopped } from "./signal.ts";
import { Utf8Check } from "./utf8.ts";

interface Watch {
  readonly onFraction: (fraction: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads all bytes of a text file once. DuckDB takes cut-off and damaged gzip for data, and some broken encodings
 * bring it down, so nothing is handed to it unseen.
 * @returns the encoding, as DuckDB names it. @throws UserError for damaged gzip and unknown encodings.
 */
export async function verifyText(file: ListedFile, head: Head, watch: Watch): Promise<"utf-8" | "latin-1"> {
  const { gzip } = head;
  const check = new Utf8Check();
  if (head.complete && !gzip) check.push(head.bytes);
  else for await (const chunk of chunksOf(file, gzip, watch)) check.push(chunk);
  check.end();
  if (check.firstBad === undefined) return "utf-8";
  if (check.looksLatin1) return "latin-1";
  const line = await lineAt(file, gzip, check.firstBad, watch);
  throw problems.encoding(file, line, check.firstBad, check.badBytes, check.guess);
}

/** Content of a file, unpacked, piece by piece. @throws UserError for damaged gzip, or "stopped". */
export async function* chunksOf(file: ListedFile, gzip: boolean, watch: Watch): AsyncGenerator<Buffer> {
  const size = Math.min(1024 * 1024, Math.max(4096, file.bytes));
  const raw = createReadStream(file.path, { highWaterMark: size });
  const content = gzip ? raw.pipe(createGunzip({ chunkSize: size })) : raw;
  raw.on("error", (error) => content.destroy(error));
  try {
    for await (const chunk of content) {
      checkStopped(watch.signal);
      watch.onFraction(raw.bytesRead / file.bytes);
      yield chunk;
    }
  } catch (thrown) {
    throw explained(file, thrown);
  } finally {
    raw.destroy();
    content.destroy();
  }
}

function explained(file: ListedFile, thrown: unknown): unknown {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code.startsWith("Z_")) return problems.badGzip(file, thrown instanceof Error ? thrown.message : code);
  return code ? problems.unreadable(file, code) : thrown;
}

async function lineAt(file: ListedFile, gzip: boolean, offset: number, watch: Watch): Promise<number> {
  let line = 1;
  let before = 0;
  for await (const chunk of chunksOf(file, gzip, { ...watch, onFraction: () => {} })) {
    const part = chunk.subarray(0, Math.max(0, offset - before));
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) line++;
    before += chunk.length;
    if (before > offset) break;
  }
  return line;
}
