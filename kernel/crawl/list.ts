import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { type Failure, inputError, toFailure } from "../notebook/errors.ts";

export interface ListedFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the listed folder, with forward slashes. */
  readonly relative: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface Listing {
  /** The folder that `relative` is relative to: the path itself, or a single file's folder. */
  readonly root: string;
  readonly files: readonly ListedFile[];
  /** Folders that could not be listed. */
  readonly failures: readonly { readonly path: string; readonly failure: Failure }[];
}

/**
 * Files at and under `path` (a folder or one file), sorted by path. Passes over names that begin with a dot,
 * `node_modules`, what is neither file nor folder, and folders already seen through another link.
 * @throws UserError where `path` itself cannot be read.
 */
export function listFiles(path: string): Listing {
  const stats = statOf(path);
  if (stats.isFile())
    return { root: dirname(path), files: [fileAt(path, dirname(path), stats)], failures: [] };
  if (!stats.isDirectory())
    throw inputError(`"${path}" is neither a file nor a folder`, "give the path of a folder or of a file");
  return new Walk(path).listing();
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : "";
    if (code === "ENOENT")
      throw inputError(
        `"${path}" does not exist`,
        "check the path; it is relative to where the program was started",
      );
    throw inputError(`"${path}" cannot be read (${code})`, "check its permissions");
  }
}

class Walk {
  readonly #root: string;
  readonly #seen = new Set<string>();
  readonly #files: ListedFile[] = [];
  readonly #failures: { path: string; failure: Failure }[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  listing(): Listing {
    this.#folder(this.#root);
    const files = this.#files.sort((a, b) => (a.relative < b.relative ? -1 : 1));
    return { root: this.#root, files, failures: this.#failures };
  }

  #folder(path: string): void {
    const real = realpathSync(path);
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    for (const entry of this.#entries(path)) if (!isSkipped(entry.name)) this.#entry(join(path, entry.name));
  }

  #entries(path: string): readonly Dirent[] {
    try {
      return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (thrown) {
      this.#failures.push({ path: slashed(this.#root, path), failure: unlisted(path, thrown) });
      return [];
    }
  }

  #entry(path: string): void {
    const stats = statSync(path, { throwIfNoEntry: false }) ?? lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) this.#folder(path);
    else if (stats?.isFile()) this.#files.push(fileAt(path, this.#root, stats));
  }
}

function isSkipped(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

function fileAt(path: string, root: string, stats: Stats): ListedFile {
  return { path, relative: slashed(root, path), bytes: stats.size, modified: stats.mtimeMs };
}

function slashed(root: string, path: string): string {
  return (relative(root, path) || basename(path)).split(sep).join("/");
}

function unlisted(path: string, thrown: unknown): Failure {
  const { message } = toFailure(thrown);
  return inputError(
    `folder "${path}" cannot be listed (${message})`,
    `give yourself permission: chmod u+rx "${path}"`,
  ).failure;
}
