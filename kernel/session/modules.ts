/** Modules that cells import: npm packages of the workspace and files beside the notebook. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { inputError, toFailure } from "../notebook/errors.ts";

interface ImportOptions {
  /** Import attributes, `{type: "json"}`. */
  readonly with?: Readonly<Record<string, string>>;
}

/** What `import` means in the cells of a notebook (absolute path), and its `import.meta`. */
export function makeImport(notebook: string) {
  const url = pathToFileURL(notebook);
  const require = createRequire(url);
  const load = (name: string, options?: ImportOptions) => importModule(name, require, options);
  const meta = { url: url.href, filename: notebook, dirname: dirname(notebook) };
  return Object.assign(load, { meta });
}

/** @throws UserError when the module is not installed or cannot be loaded. */
async function importModule(
  name: string,
  require: NodeJS.Require,
  options?: ImportOptions,
): Promise<unknown> {
  try {
    if (options?.with?.type === "json") return { default: require(name) };
    return await import(name.startsWith("node:") ? name : pathToFileURL(require.resolve(name)).href);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    if (missing) throw inputError(`module "${name}" not found`, installing(name));
    throw inputError(`module "${name}" cannot be loaded: ${toFailure(error).message}`);
  }
}

function installing(name: string): string {
  return /^[./]/.test(name)
    ? "names of files start at the notebook's folder"
    : `install it in the workspace: npm install ${name}`;
}
