import { readdir, realpath } from "node:fs/promises";
import { join, parse, relative, sep } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import type { SavedSnippet } from "../notebook/api.ts";
import { parseNotebook, serializeNotebook } from "../notebook/document/file.ts";
import { type Cell, type Mode, toCell } from "../notebook/document/notebook.ts";
import { toFailure } from "../notebook/errors.ts";
import { codeOf, createText, readNotebook, readText } from "./documents-disk.ts";
import { kebab, locateNew } from "./documents-paths.ts";

/** Folder of a workspace in which the user keeps snippets. */
const folderName = "snippets";
const mostSnippets = 500;

/** The mode of a file that is one cell; a notebook file is all its cells. */
const modes: Readonly<Record<string, Mode>> = {
  ".ts": "ts",
  ".js": "js",
  ".sql": "sql",
  ".md": "md",
  ".tex": "tex",
  ".dot": "dot",
  ".py": "python",
  ".r": "r",
};

/** The user's snippets, by name. One that cannot be read says why. */
export async function listSnippets(workspace: Workspace): Promise<SavedSnippet[]> {
  const root = await realpath(workspace.root);
  const folder = join(root, folderName);
  const names = await readdir(folder).catch((error) => {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw error;
  });
  const wanted = names.filter((name) => isSnippet(name)).sort((a, b) => a.localeCompare(b));
  return await Promise.all(
    wanted.slice(0, mostSnippets).map((name) => readSnippet(root, join(folder, name))),
  );
}

/** Keeps cells as a snippet: a notebook file. @returns its path in the workspace */
export async function saveSnippet(workspace: Workspace, title: string, text: string): Promise<string> {
  const { cells } = parseNotebook(text);
  for (let number = 1; ; number++) {
    const name = number === 1 ? kebab(title) : `${kebab(title)}-${number}`;
    const place = await locateNew(workspace, `${folderName}/${name}.html`);
    try {
      await createText(place.file, serializeNotebook({ title, cells }));
      return place.path;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}

function isSnippet(name: string): boolean {
  const { ext } = parse(name);
  return !name.startsWith(".") && (ext.toLowerCase() in modes || ext.toLowerCase() === ".html");
}

async function readSnippet(root: string, link: string): Promise<SavedSnippet> {
  const path = relative(root, link).split(sep).join("/");
  const title = titleOf(parse(link).name);
  try {
    const file = await realpath(link);
    if (relative(root, file).startsWith("..")) return { path, title, cells: [], failure: outside(path) };
    return { path, ...(await contentOf(file, path, title)) };
  } catch (error) {
    return { path, title, cells: [], failure: toFailure(error) };
  }
}

async function contentOf(
  file: string,
  path: string,
  title: string,
): Promise<{ title: string; cells: readonly Cell[] }> {
  const mode = modes[parse(file).ext.toLowerCase()];
  if (mode === undefined) {
    const { notebook } = await readNotebook(file, path);
    return { title: notebook.title || title, cells: notebook.cells };
  }
  const { text } = await readText(file);
  return { title, cells: [toCell({ id: 1, mode, source: text.replace(/\r\n?/g, "\n").trimEnd() })] };
}

/** "group-by_week" → "Group by week" */
function titleOf(name: string): string {
  const words = name.replace(/[-_]+/g, " ").trim();
  return (words[0] ?? "").toUpperCase() + words.slice(1);
}

function outside(path: string) {
  return { kind: "input", message: `"${path}" is a link that leads out of the workspace` } as const;
}
