import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { inputError, type UserError } from "../notebook/errors.ts";
import { codeOf } from "./documents-disk.ts";

/** A file of the workspace: `path` relative to the root with forward slashes, `file` absolute, links resolved. */
export interface Place {
  readonly path: string;
  readonly file: string;
}

/** Folders that are not the user's to see or to change here. */
const closed = /^(\.percolate|\.git|node_modules)$/i;

export function isClosed(name: string): boolean {
  return closed.test(name);
}

/**
 * The place that a path means; it exists. "" is the workspace itself.
 * @throws UserError kind "input" where it is not there, or outside of the workspace by itself or by a link.
 */
export async function placeOfPath(workspace: Workspace, path: string): Promise<Place> {
  const wanted = innerPath(path);
  const root = await realpath(workspace.root);
  const file = await realpath(join(root, wanted)).catch((error) => {
    const code = codeOf(error);
    const gone = code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG";
    throw gone
      ? inputError(`there is no "${path}" in this workspace`, "load the list of files again")
      : error;
  });
  return within(root, file, path);
}

/** The place that a path names itself: of a link the link, not where it leads. Its folder must be in the workspace. */
export async function placeOfEntry(workspace: Workspace, path: string): Promise<Place> {
  const wanted = innerPath(path);
  if (wanted === "") throw inputError("the workspace itself cannot be moved or deleted");
  const folder = await placeOfPath(workspace, posix.dirname(wanted) === "." ? "" : posix.dirname(wanted));
  const name = posix.basename(wanted);
  return { path: folder.path === "" ? name : `${folder.path}/${name}`, file: join(folder.file, name) };
}

/** The place that a path would mean; it may exist or not. Folders that do not exist yet are within the workspace, too. */
export async function placeOfNew(workspace: Workspace, path: string): Promise<Place> {
  const wanted = innerPath(path);
  if (wanted === "") throw outside(path);
  for (const part of wanted.split("/")) checkName(part);
  const root = await realpath(workspace.root);
  const folder = await existing(join(root, dirname(wanted)));
  return within(root, join(folder.real, folder.rest, basename(wanted)), path);
}

/** The part of a folder's path that exists, links resolved, and the rest. */
export async function existing(folder: string): Promise<{ real: string; rest: string }> {
  let [at, rest] = [folder, ""];
  for (;;) {
    const real = await realpath(at).catch((error) =>
      codeOf(error) === "ENOENT" ? null : Promise.reject(error),
    );
    if (real !== null) return { real, rest };
    [at, rest] = [dirname(at), join(basename(at), rest)];
  }
}

function innerPath(path: string): string {
  const plain = posix.normalize(path.replaceAll("\\", "/")).replace(/\/+$/, "");
  const wanted = plain === "." ? "" : plain;
  if (path.includes("\0") || isAbsolute(path) || wanted.startsWith("/") || /^[a-z]:/i.test(wanted))
    throw outside(path);
  if (wanted.split("/").some((part) => part === ".." || isClosed(part))) throw outside(path);
  return wanted;
}

function within(root: string, file: string, path: string): Place {
  const from = relative(root, file);
  const parts = from.split(sep);
  if (parts[0] === ".." || isAbsolute(from) || parts.some(isClosed)) throw outside(path);
  return { path: parts.join("/"), file };
}

/** A name that every system can hold. */
function checkName(name: string): void {
  const bad = [...name].some((character) => character < " " || '<>:"|?*'.includes(character));
  if (bad || /^\s|[.\s]$/.test(name) || Buffer.byteLength(name) > 200)
    throw inputError(
      `${JSON.stringify(name)} cannot be the name of a file on every system`,
      'leave out < > : " | ? *, spaces and dots at its ends, and what is longer than 200 bytes',
    );
}

function outside(path: string): UserError {
  return inputError(
    `${JSON.stringify(path)} is not in this workspace`,
    'name a file in it: "data/sales.csv"',
  );
}
