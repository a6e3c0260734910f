import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { inputError } from "../notebook/errors.ts";

/** A folder that Percolate works in. Paths are absolute. */
export interface Workspace {
  readonly root: string;
  readonly name: string;
  readonly notebooks: string;
  readonly templates: string;
  readonly data: string;
  /** Everything the program keeps: catalog, outputs, trash, logs. */
  readonly kept: string;
}

export function workspaceAt(path: string): Workspace {
  const root = resolve(path);
  const inside = (name: string) => join(root, name);
  return {
    root,
    name: basename(root),
    notebooks: inside("notebooks"),
    templates: inside("templates"),
    data: inside("data"),
    kept: inside(".percolate"),
  };
}

/**
 * Makes the folder that everything is kept in, readable by this user alone.
 * @throws UserError where it cannot be made.
 */
export function prepareWorkspace({ root, kept }: Workspace): void {
  try {
    mkdirSync(kept, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw inputError(
      `folder "${kept}" cannot be made (${code}): Percolate keeps the catalog and outputs of "${root}" there`,
      code === "ENOSPC"
        ? "make room on its disk"
        : "allow writing there, or open a folder that you may write to",
    );
  }
}
