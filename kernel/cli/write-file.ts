import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { inputError } from "../notebook/errors.ts";

/**
 * Checks, before anything runs, that a file can be put at `path`.
 * @throws UserError when its folder is missing or may not be written, or when `path` is a folder.
 */
export function checkWritable(path: string): void {
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw inputError(`folder ${folder} does not exist`, "make it, or name another place for the file");
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw inputError(`${path} is a folder`, `name a file in it, for example ${join(path, "report.html")}`);
  const probe = temporary(path);
  try {
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw inputError(
      `${path} cannot be written: ${(error as Error).message}`,
      "name a place that you may write to",
    );
  }
}

/** Writes a file whole or not at all: readers see the old text or the new. */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const partial = temporary(path);
  try {
    writeFileSync(partial, data);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw inputError(
      `${path} cannot be written: ${(error as Error).message}`,
      "name a place that you may write to",
    );
  }
}

/** Like `writeWhole`, making the folders on the way. */
export function writeInto(path: string, data: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, data);
}

const temporary = (path: string) => join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);

export const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
