/** Files beside a notebook, for `FileAttachment` in Node. */
import { createReadStream, readdirSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { inputError, nearest } from "../notebook/errors.ts";
import { AttachedFile, attachmentFunction } from "../notebook/library/attached-file.ts";
import { dataUrl } from "../notebook/library/files.ts";
import { domDocument, parseDocument } from "./dom.ts";

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

/** Gives the rows of a Parquet file, by its name, as an Arrow IPC stream. */
type Parquet = (name: string) => Promise<Uint8Array>;

/** Makes the `FileAttachment` function of a notebook. */
export function makeFileAttachment(options: FileAttachmentOptions, parquet: Parquet) {
  return attachmentFunction(
    KernelFile,
    (name) => new KernelFile(name, attachedPath(name, options), () => parquet(name)),
  );
}

/** Bytes that may stand in a page as its own text. */
const mostInPage = 64 * 1024 * 1024;

export class KernelFile extends AttachedFile {
  readonly #path: string;
  readonly #parquet: () => Promise<Uint8Array>;

  constructor(name: string, path: string, parquet: () => Promise<Uint8Array>) {
    const { size, mtimeMs } = statSync(path);
    super(name, { href: pathToFileURL(path).href, size, lastModified: Math.trunc(mtimeMs) });
    this.#path = path;
    this.#parquet = parquet;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await readFile(this.#path);
    return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.mimeType });
  }

  async stream(): Promise<ReadableStream> {
    return ReadableStream.from(createReadStream(this.#path));
  }

  /** The file as a `data:` URL, which holds in pages, reports and `fetch` alike. */
  async url(): Promise<string> {
    if ((this.size ?? 0) > mostInPage)
      throw inputError(
        `file "${this.name}" is too large for a URL that holds its content`,
        "read it with .arrayBuffer() or .stream()",
      );
    return dataUrl(await readFile(this.#path), this.mimeType);
  }

  /** An `<img>` that holds the picture. */
  async image(attributes: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const image = domDocument().createElement("img");
    const all = { alt: this.name, ...attributes, src: await this.url() };
    for (const [name, value] of Object.entries(all)) image.setAttribute(name, String(value));
    return image;
  }

  async xml(type = "application/xml"): Promise<unknown> {
    return parseDocument(await this.text(), type);
  }

  async html(): Promise<unknown> {
    return await this.xml("text/html");
  }

  protected async parquetRows(): Promise<Uint8Array> {
    return await this.#parquet();
  }
}
