import { lstat, mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import type { FileEntry, FileList } from "../notebook/api.ts";
import { inputError, type UserError } from "../notebook/errors.ts";
import type { DocumentStore } from "./documents.ts";
import { codeOf, createText, moveNew, saveFailure } from "./documents-disk.ts";
import { isClosed, type Place, placeOfEntry, placeOfNew, placeOfPath } from "./workspace-paths.ts";

/** Entries of one folder that are listed. */
const mostEntries = 2_000;

/** The files of a workspace as people see them: notebooks keep their open tabs, what is deleted can come back. */
export class WorkspaceFiles {
  readonly #workspace: Workspace;
  readonly #documents: DocumentStore;

  constructor(workspace: Workspace, documents: DocumentStore) {
    this.#workspace = workspace;
    this.#documents = documents;
  }

  /** What lies in a folder ("" is the workspace): folders first, by name. Links that lead out are left out. */
  async list(path: string): Promise<FileList> {
    const place = await placeOfPath(this.#workspace, path);
    const names = await readdir(place.file).catch((error) => {
      throw codeOf(error) === "ENOTDIR" ? inputError(`"${path}" is a file`, "name a folder") : error;
    });
    const seen = names.filter((name) => !name.startsWith(".") && !isClosed(name)).sort(byName);
    const found = await Promise.all(
      seen
        .slice(0, mostEntries)
        .map((name) => this.#entry(place.path === "" ? name : `${place.path}/${name}`)),
    );
    const entries = found.filter((entry) => entry !== null);
    const folders = entries.filter(({ kind }) => kind === "folder");
    const files = entries.filter(({ kind }) => kind !== "folder");
    return {
      path: place.path,
      entries: [...folders, ...files],
      left: Math.max(0, seen.length - mostEntries),
    };
  }

  async createFolder(path: string): Promise<string> {
    const place = await placeOfNew(this.#workspace, path);
    await mkdir(join(place.file, ".."), { recursive: true });
    await mkdir(place.file).catch((error) => Promise.reject(whyNot(place.path, error)));
    return place.path;
  }

  async createFile(path: string, text: string): Promise<string> {
    const place = await placeOfNew(this.#workspace, path);
    await createText(place.file, text).catch((error) => Promise.reject(whyNot(place.path, error)));
    return place.path;
  }

  /** Gives a file or folder another path; nothing is ever overwritten. Tabs of notebooks stay with theirs. */
  async move(path: string, to: string): Promise<string> {
    const from = await placeOfEntry(this.#workspace, path);
    const kind = await this.#kindOf(from);
    if (kind === "notebook") return this.#documents.rename(from.path, to);
    const place = await placeOfNew(this.#workspace, to);
    if (place.file === from.file) return from.path;
    if (kind === "file")
      await moveNew(from.file, place.file).catch((error) => Promise.reject(whyNot(to, error)));
    else await this.#moveFolder(from, place);
    return place.path;
  }

  /** Moves a file or folder into the trash; gives the name to restore it by. */
  async trash(path: string): Promise<string> {
    const place = await placeOfEntry(this.#workspace, path);
    const kind = await this.#kindOf(place);
    return kind === "folder" ? this.#documents.trashFolder(place) : this.#documents.trashFile(place);
  }

  async restore(trash: string): Promise<string> {
    return this.#documents.restore(trash);
  }

  async #moveFolder(from: Place, to: Place): Promise<void> {
    if (`${to.file}/`.startsWith(`${from.file}/`))
      throw inputError(`"${from.path}" cannot be moved into itself`, "choose another folder");
    if (await exists(to.file)) throw taken(to.path);
    await this.#documents.moveFolder(from, to, async () => {
      await mkdir(join(to.file, ".."), { recursive: true });
      await rename(from.file, to.file).catch((error) => Promise.reject(whyNot(to.path, error)));
    });
  }

  async #entry(path: string): Promise<FileEntry | null> {
    try {
      const { file } = await placeOfPath(this.#workspace, path);
      const found = await stat(file);
      if (!found.isFile() && !found.isDirectory()) return null;
      const kind = found.isDirectory() ? "folder" : isNotebook(path) ? "notebook" : "file";
      const name = path.slice(path.lastIndexOf("/") + 1);
      return { name, path, kind, bytes: found.size, modified: found.mtime.toISOString() };
    } catch {
      // It went away meanwhile, or leads to where nothing is given out.
      return null;
    }
  }

  async #kindOf(place: Place): Promise<FileEntry["kind"]> {
    const found = await lstat(place.file).catch(() => null);
    if (!found)
      throw inputError(`there is no "${place.path}" in this workspace`, "load the list of files again");
    if (found.isDirectory()) return "folder";
    return found.isFile() && isNotebook(place.path) ? "notebook" : "file";
  }
}

const isNotebook = (path: string): boolean => path.toLowerCase().endsWith(".html");

const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: string, b: string): number => order.compare(a, b);

async function exists(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null)) !== null;
}

function taken(path: string): UserError {
  return inputError(`"${path}" exists already`, "choose another name");
}

function whyNot(path: string, error: unknown): unknown {
  if (codeOf(error) === "EEXIST" || codeOf(error) === "ENOTEMPTY") return taken(path);
  if (codeOf(error) === undefined) return error;
  const { message, remedy } = saveFailure(path, error);
  return inputError(message, remedy?.split(";")[0]);
}
