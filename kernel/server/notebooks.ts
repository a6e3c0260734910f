import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import type { NotebookEntry } from "../notebook/api.ts";
import { parseNotebook } from "../notebook/document/file.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import { toFailure } from "../notebook/errors.ts";
import { pagePath } from "./notebook-paths.ts";

const summaryLength = 160;

interface Known {
  readonly stamp: string;
  readonly entry: NotebookEntry;
}

/** Lists notebooks; those that did not change since the last time are not read again. */
export class NotebookList {
  readonly #workspace: Workspace;
  readonly #known = new Map<string, Known>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Newest first. */
  async notebooks(): Promise<NotebookEntry[]> {
    const entries = await this.#list(this.#workspace.notebooks);
    return entries.sort((a, b) => b.modified.localeCompare(a.modified));
  }

  /** By title. */
  async templates(): Promise<NotebookEntry[]> {
    const entries = await this.#list(this.#workspace.templates);
    return entries.sort((a, b) => a.title.localeCompare(b.title));
  }

  async #list(folder: string): Promise<NotebookEntry[]> {
    const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
    const files = names.filter((name) => name.endsWith(".html") && !isHidden(name));
    const entries = await Promise.all(files.map((name) => this.#entry(join(folder, name))));
    return entries.filter((entry) => entry !== null);
  }

  async #entry(file: string): Promise<NotebookEntry | null> {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return null;
    const stamp = `${found.mtimeMs} ${found.size}`;
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.entry;
    const entry = await readEntry(file, pagePath(this.#workspace, file), found.mtime.toISOString());
    this.#known.set(file, { stamp, entry });
    return entry;
  }
}

function isHidden(name: string): boolean {
  return name.split(/[\\/]/).some((part) => part.startsWith("."));
}

async function readEntry(file: string, path: string, modified: string): Promise<NotebookEntry> {
  try {
    const notebook = parseNotebook(await readFile(file, "utf8"));
    const title = notebook.title || basename(file, ".html");
    return { path, title, cells: notebook.cells.length, modified, summary: summaryOf(notebook) };
  } catch (thrown) {
    const title = basename(file, ".html");
    return { path, title, cells: 0, modified, summary: "", failure: toFailure(thrown) };
  }
}

/** First words of the first Markdown text that is more than a heading. */
export function summaryOf(notebook: Notebook): string {
  const lines = notebook.cells
    .filter((cell) => cell.mode === "md")
    .flatMap((cell) => cell.source.split("\n"));
  const text = lines.find((line) => /^\s*[^\s#]/.test(line)) ?? "";
  const plain = text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`>]|\$\{[^}]*\}/g, "")
    .trim();
  return plain.length <= summaryLength ? plain : `${plain.slice(0, summaryLength).replace(/\s+\S*$/, "")} …`;
}
