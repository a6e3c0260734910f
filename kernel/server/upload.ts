import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, parse, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomSecret } from "./door.ts";
import { RequestError } from "./failures.ts";

const mostFolders = 32;

/**
 * Writes a dropped file into a folder, without holding it in memory: whole or not at all, and never over another file
 * ("sales.csv" becomes "sales-2.csv"; one that is there already with the same bytes stays alone). Gives its path.
 * @param name may hold folders: "sales/year=2024/part.csv"
 * @throws RequestError when the disk is full, the folder may not be written, or the name leads out of it.
 */
export async function saveUpload(folder: string, name: string, body: ReadableStream | null): Promise<string> {
  const partial = join(folder, `.upload-${randomSecret().slice(0, 16)}`);
  const parts = safeParts(name);
  try {
    await mkdir(folder, { recursive: true });
    const bytes = body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
    await pipeline(bytes, createWriteStream(partial, { flags: "wx" }));
    const inner = await makeFolder(folder, parts.slice(0, -1));
    return await settle(partial, inner, parts.at(-1) ?? "upload");
  } catch (error) {
    throw writeFailure(join(folder, ...parts.slice(0, -1)), error as NodeJS.ErrnoException);
  } finally {
    await rm(partial, { force: true }).catch(() => {});
  }
}

/** Makes the folders in a folder, none of which may be a link that leads out of it. */
async function makeFolder(folder: string, parts: readonly string[]): Promise<string> {
  const root = await realpath(folder);
  let inner = root;
  for (const part of parts) {
    inner = join(inner, part);
    await mkdir(inner).catch(isTaken);
    const real = await realpath(inner);
    if (!real.startsWith(root + sep))
      throw new RequestError(400, `folder "${inner}" leads out of "${root}"`, "give the folder another name");
  }
  return join(folder, ...parts);
}

/** The parts of a path, each safe. Parts that mean no folder are left out. */
function safeParts(path: string): string[] {
  const parts = path.split(/[\\/]/).filter((part) => !/^\.*$/.test(part));
  if (parts.length > mostFolders) throw new RequestError(400, `"${path}" has too many folders in it`);
  return parts.length === 0 ? ["upload"] : parts.map(safeName);
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
    if (taken && (await sameBytes(partial, target))) return target;
    if (taken) continue;
    await rename(partial, target);
    return target;
  }
}

/** Whether a folder dropped twice brings this file again: its rows would count twice. */
async function sameBytes(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(a), stat(b)]);
  if (!other.isFile() || one.size !== other.size) return false;
  return (await digest(a)) === (await digest(b));
}

async function digest(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
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
  if (error.code === "ENOTDIR")
    return new RequestError(400, `a part of "${folder}" is a file`, "rename that file or the folder");
  if (error.code === "ERR_STREAM_PREMATURE_CLOSE" || error.name === "AbortError")
    return new RequestError(400, "the upload was broken off", "send the file again; nothing was kept");
  return error;
}
