import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { parseNotebook, serializeNotebook } from "../notebook/document/file.ts";
import { type Notebook, toCell } from "../notebook/document/notebook.ts";
import { notFound, RequestError } from "./failures.ts";
import { checkedPath, fileNameOf, freeFile, freeLike, notebookFile, pagePath } from "./notebook-paths.ts";

/** Makes a notebook with a title and one empty cell; gives its path. */
export function createNotebook(workspace: Workspace, title: string): string {
  const cells = [toCell({ id: 1, mode: "md", source: `# ${title}` }), toCell({ id: 2 })];
  return writeNew(workspace, title, serializeNotebook({ title, cells }));
}

/**
 * Copies a notebook or template into notebooks/, under another title if one is given; gives the copy's path.
 * @throws UserError when the original is missing or does not parse.
 */
export async function copyNotebook(workspace: Workspace, original: string, title?: string): Promise<string> {
  const file = notebookFile(workspace, original);
  const text = await readFile(file, "utf8");
  const notebook = parseNotebook(text);
  const fromTemplate = dirname(file) === workspace.templates;
  const named = title ?? (fromTemplate ? notebook.title : `Copy of ${notebook.title}`);
  const copy: Notebook = { ...notebook, title: named };
  return writeNew(workspace, named, serializeNotebook(copy, text));
}

/**
 * Moves a notebook's file; gives its new path.
 * @throws RequestError 409 when the new name is taken.
 */
export function renameNotebook(workspace: Workspace, path: string, to: string): string {
  const file = notebookFile(workspace, path);
  const target = checkedPath(workspace, to);
  if (existsSync(target)) throw new RequestError(409, `"${to}" exists already`, "choose another name");
  writing(dirname(target), () => {
    mkdirSync(dirname(target), { recursive: true });
    renameSync(file, target);
  });
  return pagePath(workspace, target);
}

/** Puts a notebook's file into the trash; gives the name under which it can be brought back. */
export function discardNotebook(workspace: Workspace, path: string): string {
  const file = notebookFile(workspace, path);
  const name = `${Date.now()}~${encodeURIComponent(pagePath(workspace, file))}`;
  writing(dirname(file), () => renameSync(file, join(trashFolder(workspace), name)));
  return name;
}

/** Brings a notebook back to where it was, or beside what has taken its place; gives its path. */
export function restoreNotebook(workspace: Workspace, trash: string): string {
  const kept = join(trashFolder(workspace), basename(trash));
  if (!existsSync(kept)) throw notFound(`deleted notebook "${trash}"`, "it may have been restored already");
  const path = decodeURIComponent(basename(trash).replace(/^\d+~/, ""));
  const target = freeLike(checkedPath(workspace, path));
  mkdirSync(dirname(target), { recursive: true });
  renameSync(kept, target);
  return pagePath(workspace, target);
}

function trashFolder(workspace: Workspace): string {
  const folder = join(workspace.kept, "trash");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function writeNew(workspace: Workspace, title: string, text: string): string {
  const folder = workspace.notebooks;
  return writing(folder, () => {
    mkdirSync(folder, { recursive: true });
    const file = freeFile(folder, fileNameOf(title));
    try {
      writeFileSync(file, text, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") rmSync(file, { force: true });
      throw error;
    }
    return pagePath(workspace, file);
  });
}

function writing<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw writeFailure(folder, error as NodeJS.ErrnoException);
  }
}

function writeFailure(folder: string, error: NodeJS.ErrnoException): Error {
  if (error.code === "ENOSPC")
    return new RequestError(507, `the disk of "${folder}" is full`, "make room, then try again");
  if (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM")
    return new RequestError(
      400,
      `folder "${folder}" may not be written`,
      "allow writing, or use another workspace",
    );
  return error;
}
