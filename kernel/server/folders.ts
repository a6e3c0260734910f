import { type Dirent, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Folder } from "../notebook/api.ts";
import { notFound, RequestError } from "./failures.ts";

/** Names that a crawl would look at. */
const dataFile = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet)(\.gz)?$/i;

/**
 * What lies in a folder, for choosing one; "" is the user's home. Hidden entries are left out.
 * @throws RequestError when there is no such folder or it may not be read.
 */
export function listFolder(path: string): Folder {
  const folder = resolve(path || homedir());
  const entries = readEntries(folder).filter((entry) => !entry.name.startsWith("."));
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: entries.filter((entry) => isFolder(folder, entry)).map((entry) => entry.name),
    files: entries.filter((entry) => dataFile.test(entry.name)).flatMap((entry) => fileEntry(folder, entry)),
  };
}

function readEntries(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  } catch (error) {
    throw unreadable(folder, error as NodeJS.ErrnoException);
  }
}

function isFolder(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function fileEntry(folder: string, entry: Dirent): { name: string; bytes: number }[] {
  const found = statSync(join(folder, entry.name), { throwIfNoEntry: false });
  return found?.isFile() ? [{ name: entry.name, bytes: found.size }] : [];
}

function unreadable(folder: string, error: NodeJS.ErrnoException): RequestError {
  if (error.code === "ENOENT") return notFound(`folder "${folder}"`, "choose one that exists");
  if (error.code === "ENOTDIR") return new RequestError(400, `"${folder}" is a file`, "choose its folder");
  return new RequestError(400, `folder "${folder}" cannot be read: ${error.code}`, "choose another folder");
}
