import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { mediaType } from "../notebook/media-type.ts";

/** A file as a response, whole or the one range that was asked for; null when there is no such file. */
export async function fileResponse(path: string, range: string | undefined): Promise<Response | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  const headers = new Headers({ "content-type": mediaType(path), "accept-ranges": "bytes" });
  headers.set("last-modified", found.mtime.toUTCString());
  const part = parseRange(range, found.size);
  if (part === "unsatisfiable") return outside(found.size, headers);
  const { start, end } = part ?? { start: 0, end: found.size - 1 };
  headers.set("content-length", String(end - start + 1));
  if (part) headers.set("content-range", `bytes ${start}-${end}/${found.size}`);
  return new Response(found.size === 0 ? "" : streamOf(path, start, end), {
    status: part ? 206 : 200,
    headers,
  });
}

function streamOf(path: string, start: number, end: number): ReadableStream {
  return Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream;
}

function outside(size: number, headers: Headers): Response {
  headers.set("content-range", `bytes */${size}`);
  return new Response(null, { status: 416, headers });
}

/** `bytes=0-99`, `bytes=100-`, `bytes=-50`. Several ranges at once are answered with the whole file. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "") return checked(Math.max(0, size - Number(last)), size - 1, size);
  return checked(Number(first), last === "" ? size - 1 : Math.min(Number(last), size - 1), size);
}

function checked(start: number, end: number, size: number) {
  return start > end || start >= size ? "unsatisfiable" : { start, end };
}
