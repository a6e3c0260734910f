/** Watches files by their folders: editors replace files, so that watching these would lose them. */
import { existsSync, type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Time without events after which a change is told, in ms: long enough for an editor to put a new file in place. */
const quiet = 30;
/** Time between calls without any event: some file systems send none. */
const round = 2000;

export class FolderWatch {
  readonly #changed: () => void;
  readonly #folders = new Map<string, FSWatcher>();
  #files: ReadonlySet<string> = new Set();
  /** Folders of which every event counts, since what is looked for in them is not there yet. */
  #whole: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #rounds: NodeJS.Timeout | undefined;

  /** @param changed something may have happened to one of the files */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Watches these files from now on, there or not, and no others. Absolute paths. */
  watch(files: ReadonlySet<string>): void {
    const missing = [...files].map(dirname).filter((folder) => !existsSync(folder));
    this.#files = files;
    this.#whole = new Set(missing.map(existingFolder));
    const wanted = new Set([...[...files].map(dirname).filter(existsSync), ...this.#whole]);
    for (const [folder, watcher] of this.#folders) if (!wanted.has(folder)) this.#drop(folder, watcher);
    for (const folder of wanted) if (!this.#folders.has(folder)) this.#add(folder);
    clearInterval(this.#rounds);
    if (files.size > 0) this.#rounds = setInterval(this.#changed, round).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#rounds);
    for (const [folder, watcher] of this.#folders) this.#drop(folder, watcher);
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => this.#happened(folder, name));
      watcher.on("error", () => this.#drop(folder, watcher));
      this.#folders.set(folder, watcher);
    } catch {
      // Too many watchers, or a file system without events: the rounds find changes.
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#folders.delete(folder);
  }

  #happened(folder: string, name: string | null): void {
    if (name !== null && !this.#whole.has(folder) && !this.#concerns(folder, name)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#changed, quiet).unref();
  }

  #concerns(folder: string, name: string): boolean {
    for (const file of this.#files) if (basename(file) === name && dirname(file) === folder) return true;
    return false;
  }
}

function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(dirname(folder));
}
