import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomSecret } from "./door.ts";
import { RequestError } from "./failures.ts";

/**
 * Writes a dropped file into a folder, without holding it in memory: whole or not at all, and never over a file that
 * is there ("sales.csv" becomes "sales-2.csv"). Gives the file's path.
 * @throws RequestError when the disk is full or the folder may not be written.
 */
export async function saveUpload(folder: string, name: string, body: ReadableStream | null): Promise<string> {
  const partial = join(folder, `.upload-${randomSecret().slice(0, 16)}`);
  try {
    await mkdir(folder, { recursive: true });
    const bytes = body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
    await pipeline(bytes, createWriteStream(partial, { flags: "wx" }));
    return await settle(partial, folder, safeName(name));
  } catch (error) {
    throw writeFailure(folder, error as NodeJS.ErrnoException);
  } finally {
    await rm(partial, { force: true });
  }
}

/** A file name that is one on every system, without path, control characters or a leading dot. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const clean = [...last.normalize("NFC")]
    .map((character) =>
      character < " " || character === "\u007f" || '<>:"|?*'.includes(character) ? "_" : character,
    )
    .join("")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return shorten(clean) || "upload";
}

function shorten(name: string): string {
  const { base, ends } = splitName(name);
  return Buffer.byteLength(name) <= 200 ? name : `${base.slice(0, 60)}${ends.slice(0, 40)}`;
}

/** "sales.csv.gz" → "sales" and ".csv.gz": the number goes before all endings that say the format. */
function splitName(name: string): { base: string; ends: string } {
  const outer = parse(name);
  const inner = /^\.(gz|zst|bz2)$/i.test(outer.ext) ? parse(outer.name) : { name: outer.name, ext: "" };
  return { base: inner.name, ends: inner.ext + outer.ext };
}

/** Takes the first free name by making it, so that two uploads cannot take the same, and puts the file there. */
async function settle(partial: string, folder: string, name: string): Promise<string> {
  const { base, ends } = splitName(name);
  for (let number = 1; ; number++) {
    const target = join(folder, number === 1 ? name : `${base}-${number}${ends}`);
    const taken = await writeFile(target, "", { flag: "wx" }).then(() => false, isTaken);
    if (taken) continue;
    await rename(partial, target);
    return target;
  }
}

function isTaken(error: NodeJS.ErrnoException): boolean {
  if (error.code === "EEXIST") return true;
  throw error;
}

function writeFailure(folder: string, error: NodeJS.ErrnoException): Error {
  if (error.code === "ENOSPC")
    return new RequestError(
      507,
      `the disk of "${folder}" is full`,
      "make room and try again; nothing was kept",
    );
  if (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM")
    return new RequestError(
      400,
      `folder "${folder}" may not be written`,
      "allow writing, or use another workspace",
    );
  if (error.code === "ERR_STREAM_PREMATURE_CLOSE" || error.name === "AbortError")
    return new RequestError(400, "the upload was broken off", "send the file again; nothing was kept");
  return error;
}
