import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { NotebookEntry } from "../notebook/api.ts";
import { toFailure } from "../notebook/errors.ts";
import { codeOf, readNotebook } from "./documents-disk.ts";
import { summaryOf } from "./notebook-summary.ts";

/** Files read at a time. */
const atOnce = 16;

/** What notebooks say of themselves; a file is read again only when it changed. */
export class NotebookList {
  readonly #known = new Map<string, { readonly stamp: string; readonly entry: NotebookEntry }>();

  /** Entries of all .html files in a folder and the folders in it, by path. @param path of the folder, as entries give it */
  async list(folder: string, path: string): Promise<NotebookEntry[]> {
    const names = await htmlFiles(folder);
    const entries: (NotebookEntry | null)[] = [];
    for (let at = 0; at < names.length; at += atOnce) {
      const some = names.slice(at, at + atOnce);
      entries.push(
        ...(await Promise.all(some.map((name) => this.#entry(join(folder, name), `${path}/${name}`)))),
      );
    }
    return entries.filter((entry) => entry !== null);
  }

  async #entry(file: string, path: string): Promise<NotebookEntry | null> {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return null;
    const stamp = `${found.mtimeMs} ${found.size}`;
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.entry;
    const entry = await describe(file, path, found.mtime.toISOString());
    this.#known.set(file, { stamp, entry });
    return entry;
  }
}

async function htmlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((error) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  const paths = names.map((name) => name.replaceAll("\\", "/"));
  return paths.filter((path) => path.toLowerCase().endsWith(".html") && !isHidden(path)).sort();
}

function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "node_modules");
}

async function describe(file: string, path: string, modified: string): Promise<NotebookEntry> {
  try {
    const { notebook } = await readNotebook(file, path);
    const title = notebook.title.trim() || basename(path);
    return { path, title, cells: notebook.cells.length, modified, summary: summaryOf(notebook) };
  } catch (error) {
    return { path, title: basename(path), cells: 0, modified, summary: "", failure: toFailure(error) };
  }
}
