import { constants } from "node:fs";
import {
  chmod,
  copyFile,
  type FileHandle,
  link,
  mkdir,
  open,
  readFile,
  rename,
  stat,
  unlink,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseNotebook } from "../notebook/document/file.ts";
import { tooLarge } from "../notebook/document/layout.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import { type Failure, inputError, toFailure, UserError } from "../notebook/errors.ts";

/** A file's text, and what tells that it is still the same file with the same content. */
export interface DiskText {
  readonly text: string;
  readonly stamp: string;
}

const sizeLimit = 64 * 2 ** 20;

/** Changes when the file is written or replaced; null if there is none. */
export async function stampOf(file: string): Promise<string | null> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return null;
    throw error;
  }
}

/** @throws UserError kind "input" if the file is too large or not UTF-8 text */
export async function readText(file: string): Promise<DiskText> {
  const stamp = (await stampOf(file)) ?? "";
  const { size } = await stat(file);
  if (size > sizeLimit) throw tooLarge(size);
  const bytes = await readFile(file);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), stamp };
  } catch {
    parseNotebook(bytes.toString("utf8"));
    throw inputError("the file is not UTF-8 text", "save it as UTF-8");
  }
}

/** The notebook in a file, and its text. @throws UserError kind "input" that names the file */
export async function readNotebook(file: string, name: string): Promise<DiskText & { notebook: Notebook }> {
  try {
    const disk = await readText(file);
    return { ...disk, notebook: parseNotebook(disk.text, { strictlyDecoded: true }) };
  } catch (error) {
    throw named(name, error);
  }
}

/** An error with the file that it is about. */
function named(name: string, error: unknown): unknown {
  if (error instanceof UserError)
    return new UserError({ ...error.failure, message: `"${name}": ${error.failure.message}` });
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM")
    return inputError(`"${name}" may not be read (${code})`, "give yourself the right to read it");
  if (code === "EISDIR") return inputError(`"${name}" is a folder`, "choose a notebook file");
  return error;
}

let written = 0;

/** Replaces a file's text so that at every moment one of the two texts is there, whole. Gives its stamp. */
export async function replaceText(file: string, text: string): Promise<string> {
  const mode = await stat(file).then(
    (found) => found.mode & 0o7777,
    () => null,
  );
  const temporary = await writeBeside(file, text, mode);
  await finish(temporary, () => rename(temporary, file));
  await syncFolder(dirname(file));
  return (await stampOf(file)) ?? "";
}

/** Writes a file that must not exist yet. @throws EEXIST */
export async function createText(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = await writeBeside(file, text, null);
  await finish(temporary, () => moveNew(temporary, file));
}

/** Moves a file to a name that must be free. @throws EEXIST */
export async function moveNew(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === "EEXIST" || codeOf(error) === "ENOENT") throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
  await unlink(from);
}

async function writeBeside(file: string, text: string, mode: number | null): Promise<string> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-${++written}.tmp`);
  const handle = await open(temporary, "wx", mode ?? 0o666);
  await finish(temporary, () => fill(handle, text));
  if (mode !== null) await finish(temporary, () => chmod(temporary, mode));
  return temporary;
}

async function fill(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function finish(temporary: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

/** Some systems cannot; the file itself is safe then, its name perhaps not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

const remedies: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["its folder is read-only", "make the folder writable"],
  EPERM: ["its folder is read-only", "make the folder writable"],
  EROFS: ["the disk is read-only", "make the disk writable"],
  ENOSPC: ["the disk is full", "free some space"],
  EDQUOT: ["your quota on the disk is used up", "free some space"],
  ENOENT: ["its folder is gone", "bring the folder back"],
};

/** What a person is told when a notebook cannot be saved. */
export function saveFailure(name: string, error: unknown): Failure {
  if (error instanceof UserError) return error.failure;
  const code = codeOf(error);
  const [why, remedy] = remedies[code ?? ""] ?? [toFailure(error).message, "see to the folder"];
  const message = `cannot save "${name}": ${why}${code ? ` (${code})` : ""}`;
  return {
    kind: "input",
    message,
    remedy: `${remedy}; your text is kept here and saved with your next edit`,
  };
}

/** The system's code of an error: "ENOENT" … */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
