/** Which files of the disk a module may be. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { inputError, nearest } from "../notebook/errors.ts";

/** Endings that may be left out, or that TypeScript writes `.js` for. */
const endings = [".ts", ".mts", ".js", ".mjs", ".json", "/index.ts", "/index.js"];

/**
 * The file that a path means, links resolved.
 * @throws UserError for one that is not there, lies outside of the workspace (also by a link), or is kept from cells.
 */
export function moduleFile(path: string, root: string, said: string): string {
  refuseHidden(path, root, said);
  const found = candidates(path)
    .map(realFile)
    .find((file) => file !== null);
  if (!found) throw inputError(`file "${said}" not found`, remedyFor(path));
  refuseHidden(found, realpathSync(root), said);
  return found;
}

/** Paths that a module's path may stand for, the likeliest first. */
export function candidates(path: string): string[] {
  const extension = extname(path);
  if (extension === ".js" || extension === ".mjs") return [path, path.replace(/js$/, "ts")];
  return [path, ...endings.map((ending) => path + ending)];
}

/** "lib/util.ts": what a person calls a file of the workspace. */
export function nameInside(root: string, file: string): string {
  return relative(root, file).split(sep).join("/");
}

function refuseHidden(path: string, root: string, said: string): void {
  const name = nameInside(root, path);
  if (name === ".." || name.startsWith("../") || name === relative(path, path))
    throw inputError(`file "${said}" lies outside of the workspace`, `move it into ${root}`);
  const parts = name.split("/");
  const installed = parts.indexOf("node_modules");
  const hidden = parts.slice(0, installed < 0 ? undefined : installed).find((part) => part.startsWith("."));
  if (hidden)
    throw inputError(`file "${said}" is hidden (${hidden}), and kept from cells`, "name a file of yours");
}

function realFile(path: string): string | null {
  try {
    const file = realpathSync(path);
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

function remedyFor(path: string): string {
  const meant = nearest(basename(path), siblings(dirname(path)));
  return meant ? `did you mean "${meant}"?` : `make it at ${path}, or correct its name`;
}

function siblings(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The packages that are installed, as a text that changes with them. */
export function installedMark(root: string): string {
  const marks = [
    "node_modules/.package-lock.json",
    "node_modules/.modules.yaml",
    "node_modules/.yarn-integrity",
    "node_modules",
  ];
  return marks.map((name) => stamp(join(root, name))).join(" ");
}

/** Changes when a file is written or replaced; "" if there is none. */
export function stamp(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.mtimeNs}-${found.size}-${found.ino}` : "";
}
