import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Parameter } from "../notebook/compiler/compiled.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import { inputError, nearest } from "../notebook/errors.ts";

export interface LoadedNotebook {
  readonly notebook: Notebook;
  /** Absolute. */
  readonly path: string;
}

/**
 * Reads a notebook file.
 * @throws UserError when it is missing, a folder, or does not parse.
 */
export async function loadNotebook(file: string): Promise<LoadedNotebook> {
  const path = resolve(file);
  const text = readText(path, file);
  const { parseNotebook } = await import("../notebook/document/file.ts");
  return { notebook: parseNotebook(text), path };
}

/** The parameters as far as the cells' text tells: enough to read a command line. */
export async function parametersOf(notebook: Notebook): Promise<readonly Parameter[]> {
  const { compile } = await import("../notebook/compiler/compile.ts");
  return notebook.cells.flatMap((cell) => compile(cell).parameter ?? []);
}

function readText(path: string, file: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw missing(path, file);
  if (!stat.isFile()) throw inputError(`${file} is a folder`, "name a notebook in it");
  return readFileSync(path, "utf8");
}

function missing(path: string, file: string) {
  const folder = dirname(path);
  const name = basename(path);
  const others = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  const near = others.includes(`${name}.html`) ? `${name}.html` : nearest(name, others.filter(isNotebook));
  const remedy = near ? `did you mean ${join(dirname(file), near)}?` : "check the path";
  return inputError(`notebook ${file} does not exist`, remedy);
}

const isNotebook = (name: string) => extname(name) === ".html";
