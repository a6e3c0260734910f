/** Modules that cells import: npm packages of the workspace and files beside the notebook. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { inputError, toFailure } from "../notebook/errors.ts";

/** @throws UserError when the module is not installed or cannot be loaded. */
export async function importModule(name: string, notebook: string): Promise<unknown> {
  const require = createRequire(pathToFileURL(notebook));
  try {
    return await import(name.startsWith("node:") ? name : pathToFileURL(require.resolve(name)).href);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    if (missing)
      throw inputError(`module "${name}" not found`, `install it in the workspace: npm install ${name}`);
    throw inputError(`module "${name}" cannot be loaded: ${toFailure(error).message}`);
  }
}
