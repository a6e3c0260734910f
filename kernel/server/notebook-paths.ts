import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { notFound, RequestError } from "./failures.ts";

/** Path as the page names it: relative to the workspace, forward slashes. */
export function pagePath(workspace: Workspace, file: string): string {
  return relative(workspace.root, file).split(sep).join("/");
}

/**
 * The file of a notebook that the page names.
 * @throws RequestError 400 outside of notebooks/ and templates/ (also by a link) or not .html; 404 when missing.
 */
export function notebookFile(workspace: Workspace, path: string): string {
  const file = checkedPath(workspace, path);
  if (!existsSync(file)) throw notFound(`notebook "${path}"`, "it may have been renamed or deleted");
  const real = realpathSync(file);
  const homes = [workspace.notebooks, workspace.templates]
    .filter(existsSync)
    .map((home) => realpathSync(home));
  if (!homes.some((home) => real.startsWith(home + sep))) throw outside(path);
  return file;
}

/** The file that a notebook shall get, checked as far as it can be before it is there. */
export function checkedPath(workspace: Workspace, path: string): string {
  const file = resolve(workspace.root, path);
  const homes = [workspace.notebooks, workspace.templates];
  if (!homes.some((home) => file.startsWith(home + sep))) throw outside(path);
  if (!file.endsWith(".html"))
    throw new RequestError(400, `"${path}" is not a notebook file`, "its name ends in .html");
  return file;
}

/** "Sales by day" → "sales-by-day" */
export function fileNameOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{Mark}/gu, "");
  const words = plain.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu) ?? ["notebook"];
  return words.join("-").slice(0, 60);
}

/** The first of name.html, name-2.html … that is free in the folder. */
export function freeFile(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const file = join(folder, `${name}${number === 1 ? "" : `-${number}`}.html`);
    if (!existsSync(file)) return file;
  }
}

/** A file of this name, or with a number where that is taken. */
export function freeLike(file: string): string {
  return freeFile(dirname(file), basename(file, ".html"));
}

function outside(path: string): RequestError {
  const remedy = "notebooks lie in notebooks/ or templates/ of the workspace";
  return new RequestError(400, `"${path}" is not a notebook of this workspace`, remedy);
}
