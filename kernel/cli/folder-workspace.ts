import { mkdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Workspace, workspaceAt } from "../catalog/workspace.ts";
import { inputError } from "../notebook/errors.ts";

/**
 * The workspace in a folder that the user named, made where there is none.
 * @throws UserError when the path is a file or cannot be made.
 */
export function folderWorkspace(folder: string): Workspace {
  const root = resolve(folder);
  const found = statSync(root, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw inputError(`${folder} is a file`, "name a folder");
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw inputError(`folder ${folder} cannot be made: ${(error as Error).message}`, "name another folder");
  }
  return workspaceAt(root);
}
