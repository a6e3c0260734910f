import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import type { OpenDocument } from "./documents-open.ts";

/** Time without events after which a file is looked at, in ms. */
const quiet = 50;
/** Time between looks at all files: some file systems send no events. */
const round = 2000;

/** Looks at the files of open documents when something happens to them. */
export class DocumentWatch {
  readonly #documents: () => Iterable<OpenDocument>;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #timers = new Map<OpenDocument, NodeJS.Timeout>();
  readonly #rounds: NodeJS.Timeout;

  constructor(documents: () => Iterable<OpenDocument>) {
    this.#documents = documents;
    this.#rounds = setInterval(() => this.#look(), round).unref();
  }

  /** Opens and closes watchers of folders: editors replace files, so that watching these would lose them. */
  update(): void {
    const folders = new Set([...this.#documents()].map((document) => dirname(document.file)));
    for (const [folder, watcher] of this.#watchers) if (!folders.has(folder)) this.#drop(folder, watcher);
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  close(): void {
    clearInterval(this.#rounds);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const [folder, watcher] of this.#watchers) this.#drop(folder, watcher);
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => this.#happened(folder, name));
      watcher.on("error", () => this.#drop(folder, watcher));
      this.#watchers.set(folder, watcher);
    } catch {
      // Too many watchers, or a file system without events: the rounds find changes.
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#watchers.delete(folder);
  }

  #happened(folder: string, name: string | null): void {
    for (const document of this.#documents()) {
      const concerned =
        dirname(document.file) === folder && (name === null || name === basename(document.file));
      if (concerned) this.#soon(document);
    }
  }

  #soon(document: OpenDocument): void {
    clearTimeout(this.#timers.get(document));
    const look = () => {
      this.#timers.delete(document);
      void document.check();
    };
    this.#timers.set(document, setTimeout(look, quiet).unref());
  }

  #look(): void {
    this.update();
    for (const document of this.#documents()) void document.check();
  }
}
