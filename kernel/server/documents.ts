import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { prepareWorkspace, type Workspace } from "../catalog/workspace.ts";
import type { NotebookEntry } from "../notebook/api.ts";
import { serializeNotebook } from "../notebook/document/file.ts";
import { toCell } from "../notebook/document/notebook.ts";
import { inputError } from "../notebook/errors.ts";
import { OutputStore } from "../outputs/store.ts";
import { codeOf, createText, moveNew, readNotebook, saveFailure } from "./documents-disk.ts";
import { NotebookList } from "./documents-list.ts";
import { type DocumentParts, OpenDocument } from "./documents-open.ts";
import { kebab, locate, locateNew, type Place } from "./documents-paths.ts";
import { type SaveTimes, usualTimes } from "./documents-saver.ts";
import { Trash } from "./documents-trash.ts";
import { DocumentWatch } from "./documents-watch.ts";
import { Trust } from "./trust.ts";
import { placeOfNew } from "./workspace-paths.ts";

export type { DocumentEvent, OpenDocument } from "./documents-open.ts";

export interface DocumentStoreOptions {
  readonly times?: SaveTimes;
  /** The user's key for `Trust`. */
  readonly keyFile?: string;
}

/** A notebook to make: empty with a title, or a copy. */
export type NewNotebook =
  | { readonly title: string }
  | { readonly copyOf: string; readonly title?: string | undefined };

/** The notebook files of a workspace. Paths are relative to it, with forward slashes; errors are UserErrors kind "input". */
export class DocumentStore {
  readonly trust: Trust;
  readonly outputs: OutputStore;
  readonly #workspace: Workspace;
  readonly #trash: Trash;
  readonly #list = new NotebookList();
  readonly #times: SaveTimes;
  /** By absolute path, links resolved. */
  readonly #opening = new Map<string, Promise<OpenDocument>>();
  readonly #open = new Set<OpenDocument>();
  readonly #watch: DocumentWatch;

  constructor(workspace: Workspace, options: DocumentStoreOptions = {}) {
    prepareWorkspace(workspace);
    this.#workspace = workspace;
    this.#times = options.times ?? usualTimes;
    this.trust = new Trust(workspace, options.keyFile);
    this.outputs = new OutputStore(workspace);
    this.#trash = new Trash(workspace);
    this.#watch = new DocumentWatch(() => this.#open);
  }

  /** The open document of a file, the same one for all who ask until it is closed. */
  async open(path: string): Promise<OpenDocument> {
    const place = await locate(this.#workspace, path);
    const known = this.#opening.get(place.file);
    if (known) return known;
    const opening = this.#read(place);
    this.#opening.set(place.file, opening);
    opening.catch(() => this.#opening.delete(place.file));
    return opening;
  }

  /** Makes a notebook file in `notebooks/`, named after its title, and gives its path. */
  async create(spec: NewNotebook): Promise<string> {
    const { title, text, trusted } = await this.#textOf(spec);
    const folder = relative(this.#workspace.root, this.#workspace.notebooks);
    const place = await this.#writeFree(`${folder.split(sep).join("/")}/${kebab(title)}.html`, (file) =>
      createText(file, text),
    );
    if (trusted) this.trust.trust(text);
    return place.path;
  }

  /** Gives a notebook file another name, in its folder unless `to` names one; gives its path. */
  async rename(path: string, to: string): Promise<string> {
    const from = await locate(this.#workspace, path);
    const place = await locateNew(this.#workspace, wantedPath(from.path, to));
    if (place.file === from.file) return from.path;
    const document = await this.#opening.get(from.file);
    await document?.flush();
    await moveNew(from.file, place.file).catch((error) => {
      throw codeOf(error) === "EEXIST" ? taken(place.path) : cannotWrite(place.path, error);
    });
    document?.moved(place);
    this.#moved(from, place);
    return place.path;
  }

  /** Moves a notebook into the trash, closing it; gives the name to restore it by. */
  async trash(path: string): Promise<string> {
    const place = await locate(this.#workspace, path);
    await (await this.#opening.get(place.file))?.abandon();
    return this.#trash.put(place).catch((error) => Promise.reject(cannotWrite(place.path, error)));
  }

  /** Moves any file into the trash; of a notebook, closing it. */
  async trashFile(place: Place): Promise<string> {
    if (place.file.toLowerCase().endsWith(".html")) return this.trash(place.path);
    return this.#trash.put(place).catch((error) => Promise.reject(cannotWrite(place.path, error)));
  }

  /** Moves a folder into the trash, closing the notebooks in it. */
  async trashFolder(place: Place): Promise<string> {
    for (const document of this.#openIn(place)) await document.abandon();
    return this.#trash.putFolder(place).catch((error) => Promise.reject(cannotWrite(place.path, error)));
  }

  /** Has a folder moved; the notebooks in it that are open stay open, and keep their outputs. */
  async moveFolder(from: Place, to: Place, move: () => Promise<void>): Promise<void> {
    const documents = this.#openIn(from);
    for (const document of documents) await document.flush();
    const notebooks = await notebooksIn(from);
    await move();
    for (const path of notebooks) this.outputs.rename(`${from.path}/${path}`, `${to.path}/${path}`);
    for (const document of documents) {
      const opening = this.#opening.get(document.file);
      this.#opening.delete(document.file);
      const rest = document.file.slice(from.file.length);
      document.moved({ path: `${to.path}${rest.split(sep).join("/")}`, file: `${to.file}${rest}` });
      if (opening) this.#opening.set(document.file, opening);
    }
    this.#watch.update();
  }

  #openIn(folder: Place): OpenDocument[] {
    return [...this.#open].filter(({ file }) => file.startsWith(`${folder.file}${sep}`));
  }

  /** Moves a notebook back to where it was, or beside what is there now; gives its path. */
  async restore(trash: string): Promise<string> {
    const origin = await this.#trash.originOf(trash);
    const place = await this.#writeFree(origin, (file) => this.#trash.take(trash, file), placeOfNew);
    return place.path;
  }

  /** All .html files in a folder of the workspace; those that do not parse have a `failure`. */
  async list(folder: string): Promise<NotebookEntry[]> {
    const probe = await locateNew(this.#workspace, `${folder}/list.html`);
    return this.#list.list(dirname(probe.file), dirname(probe.path));
  }

  /** Saves and closes all. */
  async close(): Promise<void> {
    this.#watch.close();
    await Promise.allSettled([...this.#opening.values()].map(async (opening) => (await opening).close()));
    this.trust.close();
    this.outputs.close();
  }

  async #read(place: Place): Promise<OpenDocument> {
    const disk = await readNotebook(place.file, place.path);
    const document = new OpenDocument(place, disk, disk.notebook, this.#parts());
    this.#open.add(document);
    this.#watch.update();
    return document;
  }

  #parts(): DocumentParts {
    return {
      trust: this.trust,
      outputs: this.outputs,
      times: this.#times,
      rescue: async (path, put) => join(".percolate", "trash", await this.#trash.rescue(path, put)),
      closed: (document) => {
        this.#open.delete(document);
        this.#opening.delete(document.file);
        this.#watch.update();
      },
    };
  }

  async #textOf(spec: NewNotebook): Promise<{ title: string; text: string; trusted: boolean }> {
    if (!("copyOf" in spec)) return { ...spec, text: firstText(spec.title), trusted: true };
    const place = await locate(this.#workspace, spec.copyOf);
    await (await this.#opening.get(place.file))?.flush();
    const { text, notebook } = await readNotebook(place.file, place.path);
    const title = spec.title ?? `${notebook.title} (copy)`;
    const copy = serializeNotebook({ ...notebook, title }, text);
    return { title, text: copy, trusted: this.trust.isTrusted(text) };
  }

  /** Puts a file at a path, or at that with the first number that is free. */
  async #writeFree(path: string, put: (file: string) => Promise<void>, locating = locateNew): Promise<Place> {
    for (let number = 1; ; number++) {
      const tried = number === 1 ? path : path.replace(/((?:\.[^./]*)?)$/, `-${number}$1`);
      const place = await locating(this.#workspace, tried);
      try {
        await put(place.file);
        return place;
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw cannotWrite(place.path, error);
      }
    }
  }

  #moved(from: Place, to: Place): void {
    const opening = this.#opening.get(from.file);
    this.#opening.delete(from.file);
    if (opening) this.#opening.set(to.file, opening);
    this.outputs.rename(from.path, to.path);
    this.#watch.update();
  }
}

/** Paths of the notebook files in a folder, relative to it. */
async function notebooksIn({ file }: Place): Promise<string[]> {
  const names = await readdir(file, { recursive: true });
  return names
    .filter((name) => name.toLowerCase().endsWith(".html"))
    .map((name) => name.split(sep).join("/"));
}

function firstText(title: string): string {
  const cells = [toCell({ id: 1, mode: "md", source: `# ${title}` }), toCell({ id: 2 })];
  return serializeNotebook({ title, cells });
}

function wantedPath(from: string, to: string): string {
  const named = to.toLowerCase().endsWith(".html") ? to : `${to}.html`;
  return named.includes("/") || basename(from) === from ? named : `${dirname(from)}/${named}`;
}

function taken(path: string) {
  return inputError(`"${path}" exists already`, "choose another name");
}

/** Expected errors of the disk get words; others stay as they are. */
function cannotWrite(path: string, error: unknown): unknown {
  if (codeOf(error) === undefined) return error;
  const { message, remedy } = saveFailure(path, error);
  return inputError(message, remedy?.split(";")[0]);
}
