import { readdir, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { inputError, nearest, type UserError } from "../notebook/errors.ts";
import { codeOf } from "./documents-disk.ts";
import { existing, type Place } from "./workspace-paths.ts";

export type { Place } from "./workspace-paths.ts";

/** The notebook file that a path means. @throws UserError kind "input": not found, outside of the workspace, not .html */
export async function locate(workspace: Workspace, path: string): Promise<Place> {
  const wanted = checkedPath(path);
  const root = await realpath(workspace.root);
  const file = await realpath(join(root, wanted)).catch((error) => missing(join(root, wanted), path, error));
  return inside(root, file, path);
}

/** The file that a path would mean, whose folder must not lead out of the workspace. It may exist or not. */
export async function locateNew(workspace: Workspace, path: string): Promise<Place> {
  const wanted = checkedPath(path);
  const root = await realpath(workspace.root);
  const folder = await existing(join(root, dirname(wanted)));
  return inside(root, join(folder.real, folder.rest, basename(wanted)), path);
}

function checkedPath(path: string): string {
  const wanted = posix.normalize(path.replaceAll("\\", "/"));
  const bad = path === "" || path.includes("\0") || isAbsolute(wanted) || /^[a-z]:/i.test(wanted);
  if (bad || wanted.split("/").includes("..")) throw outside(path);
  if (wanted.split("/")[0] === ".percolate") throw outside(path);
  if (!wanted.toLowerCase().endsWith(".html")) throw notHtml(path);
  return wanted;
}

function inside(root: string, file: string, path: string): Place {
  const from = relative(root, file);
  if (from.startsWith("..") || isAbsolute(from) || from.split(sep)[0] === ".percolate") throw outside(path);
  if (!file.toLowerCase().endsWith(".html")) throw notHtml(path);
  return { path: from.split(sep).join("/"), file };
}

function outside(path: string): UserError {
  return inputError(
    `${JSON.stringify(path)} is not in this workspace`,
    'name a file in it: "notebooks/coffee.html"',
  );
}

function notHtml(path: string): UserError {
  return inputError(`"${path}" is not a notebook: its name does not end in .html`, "choose an .html file");
}

async function missing(file: string, path: string, error: unknown): Promise<never> {
  if (codeOf(error) !== "ENOENT" && codeOf(error) !== "ENOTDIR") throw error;
  const names = await readdir(dirname(file)).catch(() => []);
  const near = nearest(
    basename(file),
    names.filter((name) => name.endsWith(".html")),
  );
  throw inputError(
    `notebook "${path}" not found`,
    near ? `did you mean "${near}"?` : "choose one from the list",
  );
}

/** "Café au lait!" → "cafe-au-lait". Letters of all scripts stay. */
export function kebab(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{Mark}/gu, "");
  const words = plain.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? ["notebook"];
  return words.join("-").slice(0, 60);
}
