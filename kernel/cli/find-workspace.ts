import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Workspace, workspaceAt } from "../catalog/workspace.ts";
import { inputError } from "../notebook/errors.ts";
import { packageRoot } from "../package-root.ts";
import { prepareExamples } from "./workspace.ts";

/**
 * The workspace of a command: the folder that `--workspace` names, else the nearest folder from `near` upwards
 * that looks like one, else `near` itself. Percolate's own checkout is no workspace: the examples are.
 * @throws UserError when the named folder does not exist.
 */
export async function findWorkspace(named: string | undefined, near: string): Promise<Workspace> {
  if (named === undefined) {
    const found = nearestWorkspace(resolve(near));
    return found === packageRoot() ? prepareExamples() : workspaceAt(found);
  }
  const root = resolve(named);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw inputError(`workspace ${root} is not a folder`, "name a folder that exists, or make it first");
  return workspaceAt(root);
}

/** The nearest folder from `start` upwards with `.percolate/`, `notebooks/` or package.json; else `start`. */
export function nearestWorkspace(start: string): string {
  const marks = [".percolate", "notebooks", "package.json"];
  for (let folder = start; ; folder = dirname(folder)) {
    if (marks.some((mark) => existsSync(join(folder, mark)))) return folder;
    if (dirname(folder) === folder) return start;
  }
}

/**
 * Where file names in a notebook start. One that ships is run over the examples: it stands for its copy there,
 * beside which its data lie.
 */
export function placeInWorkspace(path: string, workspace: Workspace): string {
  const inPackage = relative(packageRoot(), path);
  const ships = /^(notebooks|templates)[\\/]/.test(inPackage);
  return ships ? join(workspace.root, inPackage) : path;
}
