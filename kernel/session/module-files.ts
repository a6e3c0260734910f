/** The folder that holds the JavaScript of local modules for Node to import: one of each process, gone with it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const prefix = "percolate-modules-";

export class ModuleFiles {
  #folder: string | null = null;
  /** Name in the workspace of the module in each file. */
  readonly #names = new Map<string, string>();

  /** Where the module of a version is, or will be. */
  url(version: string, name: string): string {
    return pathToFileURL(this.#path(version, name)).href;
  }

  write(version: string, name: string, text: () => string): void {
    const path = this.#path(version, name);
    if (this.#names.has(path)) return;
    mkdirSync(this.#root(), { recursive: true });
    writeFileSync(path, text());
    this.#names.set(path, name);
  }

  /** A text in which the files that are meant have their names in the workspace. */
  named(text: string): string {
    let named = text;
    if (this.#folder === null || !text.includes(prefix)) return text;
    for (const [path, name] of this.#names)
      named = named.replaceAll(pathToFileURL(path).href, name).replaceAll(path, name);
    return named;
  }

  #path(version: string, name: string): string {
    return join(this.#root(), `${version}-${basename(name).replace(/[^\w.-]/g, "_")}.mjs`);
  }

  #root(): string {
    if (this.#folder === null) {
      removeOrphans();
      const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
      process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
      this.#folder = folder;
    }
    return this.#folder;
  }
}

/** Folders of processes that were killed. */
function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^percolate-modules-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
