import { randomBytes } from "node:crypto";
import { lstat, mkdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { inputError } from "../notebook/errors.ts";
import { codeOf, moveNew } from "./documents-disk.ts";
import type { Place } from "./documents-paths.ts";

/** Deleted notebooks: `.percolate/trash/TIME-RANDOM/notebooks/coffee.html`. */
export class Trash {
  readonly #workspace: Workspace;
  readonly #folder: string;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#folder = join(workspace.kept, "trash");
  }

  /** Moves a file here; gives the name to restore it by. */
  async put({ path, file }: Place): Promise<string> {
    return this.rescue(path, (to) => moveNew(file, to));
  }

  /** Moves a folder here; gives the name to restore it by. */
  async putFolder({ path, file }: Place): Promise<string> {
    return this.rescue(path, (to) => rename(file, to));
  }

  /** Has something put here under a notebook's path; gives the name to restore it by. */
  async rescue(path: string, put: (file: string) => Promise<void>): Promise<string> {
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const name = `${time}-${randomBytes(3).toString("hex")}/${path}`;
    const file = join(this.#folder, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await put(file);
    return name;
  }

  /** Path that a file here had. @throws UserError if there is no such file here */
  async originOf(name: string): Promise<string> {
    await this.#find(name);
    return name.slice(name.indexOf("/") + 1);
  }

  /** Moves a file back to a name that must be free. @throws EEXIST */
  async take(name: string, to: string): Promise<void> {
    await moveBack(await this.#find(name), to);
    const [entry = ""] = name.split("/");
    await rm(join(this.#folder, entry), { recursive: true });
  }

  async #find(name: string): Promise<string> {
    const gone = inputError(
      `nothing is in the trash under ${JSON.stringify(name)}`,
      "it may be restored already",
    );
    if (!/^\d{8}T\d{6}Z-[0-9a-f]{6}\//.test(name) || name.includes("\0")) throw gone;
    const file = await realpath(join(this.#folder, name)).catch((error) => {
      throw codeOf(error) === "ENOENT" ? gone : error;
    });
    const from = relative(await realpath(this.#workspace.kept), file);
    if (!from.startsWith(`trash${sep}`)) throw gone;
    return file;
  }
}

/** @throws EEXIST */
async function moveBack(from: string, to: string): Promise<void> {
  if (!(await lstat(from)).isDirectory()) return moveNew(from, to);
  await mkdir(dirname(to), { recursive: true });
  // Renamed over an empty folder of ours, so that nothing that was made there meanwhile is lost.
  await mkdir(to);
  await rename(from, to);
}
