/** Files beside a notebook, for `FileAttachment` in Node. */
import { createReadStream, readdirSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { inputError, nearest } from "../notebook/errors.ts";

export interface FileAttachmentOptions {
  /** Absolute path of the notebook: names start at its folder. */
  readonly notebook: string;
  /** Absolute path of the workspace: no file outside it is given out. */
  readonly root: string;
}

/** The absolute path of a file that a notebook names. @throws UserError when it is missing or outside the workspace. */
export function attachedPath(name: string, { notebook, root }: FileAttachmentOptions): string {
  const path = resolve(dirname(notebook), name);
  const found = realPath(path);
  if (!found) throw inputError(`file "${name}" not found in ${dirname(notebook)}`, remedyFor(path));
  const inside = relative(realpathSync(root), found);
  if (inside === ".." || inside.startsWith(`..${sep}`)) {
    throw inputError(`file "${name}" lies outside the workspace ${root}`, "copy it into the workspace");
  }
  if (!statSync(found).isFile()) throw inputError(`"${name}" is a folder, not a file`, "name a file in it");
  return found;
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function remedyFor(path: string): string {
  const meant = nearest(basename(path), siblings(dirname(path)));
  return meant ? `did you mean "${meant}"?` : "check the name; it starts at the notebook's folder";
}

function siblings(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Makes the `FileAttachment` function of a notebook. */
export function makeFileAttachment(options: FileAttachmentOptions) {
  return (name: string): AttachedFile => new AttachedFile(name, attachedPath(name, options));
}

export class AttachedFile {
  readonly name: string;
  readonly #path: string;

  constructor(name: string, path: string) {
    this.name = basename(name);
    this.#path = path;
  }

  async text(): Promise<string> {
    return await readFile(this.#path, "utf8");
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await readFile(this.#path);
    return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()]);
  }

  stream(): ReadableStream {
    return ReadableStream.from(createReadStream(this.#path));
  }

  /** Rows of a CSV file; with `typed`, values get the types that they look like. */
  async csv(options: { typed?: boolean } = {}): Promise<unknown[]> {
    return await this.#rows(",", options.typed === true);
  }

  async tsv(options: { typed?: boolean } = {}): Promise<unknown[]> {
    return await this.#rows("\t", options.typed === true);
  }

  async #rows(delimiter: string, typed: boolean): Promise<unknown[]> {
    const { autoType, dsvFormat } = await import("d3");
    const format = dsvFormat(delimiter);
    return typed ? format.parse(await this.text(), autoType) : format.parse(await this.text());
  }
}
