/** What an import means: the same rules in the page and in Node, but for the conditions of packages. */
import { dirname, extname, resolve } from "node:path";
import type { Place } from "../notebook/document/notebook.ts";
import { inputError, type UserError } from "../notebook/errors.ts";
import { ownModules } from "../notebook/library/own-modules.ts";
import type { Conditions } from "./package-exports.ts";
import { findPackage, nearestPackage, packageFile } from "./packages.ts";
import { isNodeModule, readSpecifier, type Specifier } from "./specifier.ts";
import { moduleFile } from "./workspace-file.ts";

/** How a file is taken. `style`: its rules hold in the page; `text`: its text is the default export. */
export type FileKind = "code" | "json" | "style" | "text";

export type Target =
  | { readonly kind: "file"; readonly file: string; readonly as: FileKind }
  | { readonly kind: "package"; readonly name: string; readonly file: string }
  /** One that comes with Percolate, by the name that cells know it by. */
  | { readonly kind: "own"; readonly name: string }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "url"; readonly url: string };

/** Where the modules of a workspace are looked for. */
export interface Scope {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly place: Place;
  /** By `require` rather than by `import`: packages may have a file of its own for that. */
  readonly required?: boolean;
}

const conditions: Readonly<Record<Place, Conditions>> = {
  browser: new Set(["browser", "import", "module", "production"]),
  kernel: new Set(["node", "import", "node-addons"]),
};

/**
 * @param from the file that the import stands in: a module or a notebook
 * @param as the import attribute `type`, if any
 * @throws UserError that says what is missing and how to get it
 */
export function resolveModule(text: string, as: string | null, from: string, scope: Scope): Target {
  const specifier = readSpecifier(text);
  switch (specifier.kind) {
    case "wrong":
      throw inputError(specifier.message, specifier.remedy);
    case "file":
      return fileTarget(text, specifier, as, from, scope);
    case "node":
      return nodeTarget(specifier.name, scope);
    case "url":
      return urlTarget(specifier.url, scope);
    case "package":
      return packageTarget(specifier, from, scope);
  }
}

function fileTarget(
  text: string,
  { path, query }: Extract<Specifier, { kind: "file" }>,
  as: string | null,
  from: string,
  { root }: Scope,
): Target {
  const file = moduleFile(resolve(dirname(from), path), root, text);
  return { kind: "file", file, as: kindOf(file, query, as) };
}

/** @throws UserError for a file that is no module. */
function kindOf(file: string, query: string, as: string | null): FileKind {
  if (query === "raw" || query === "inline") return "text";
  const extension = extname(file);
  if (extension === ".json" || as === "json") return "json";
  if (extension === ".css") return as === "text" || as === "css" ? "text" : "style";
  if (as === "text") return "text";
  if (/^\.[cm]?[jt]s$/.test(extension)) return "code";
  const jsx = extension === ".tsx" || extension === ".jsx";
  throw inputError(
    `"${file.split("/").at(-1)}" is not a module: ${jsx ? "JSX is not understood here" : `"${extension}" files are not code`}`,
    jsx
      ? "write it without JSX, in a .ts file"
      : 'read it with FileAttachment, or add "?raw" to get its text',
  );
}

function nodeTarget(name: string, { place }: Scope): Target {
  if (place === "browser") throw needsNode(name);
  if (isNodeModule(name)) return { kind: "node", name };
  throw inputError(`Node has no module "${name}"`, "correct its name");
}

function urlTarget(url: string, { place }: Scope): Target {
  if (place === "browser") return { kind: "url", url };
  throw inputError(
    `module "${url}" can be imported in the page only`,
    "install the package in the workspace, or run the cell in the browser",
  );
}

function packageTarget(
  { name, subpath }: Extract<Specifier, { kind: "package" }>,
  from: string,
  scope: Scope,
): Target {
  const { root, place } = scope;
  if (place === "kernel" && isNodeModule(name + subpath)) return { kind: "node", name: name + subpath };
  const found = findPackage(name, dirname(from), root);
  if (found) return installedTarget(name, packageFile(found, subpath, conditionsOf(scope)));
  const own = ownModules[name + subpath];
  if (own !== undefined) return { kind: "own", name: own };
  if (isNodeModule(name)) throw needsNode(name);
  throw notInstalled(name, root);
}

/** Styles and data of a package are files like any other. */
function installedTarget(name: string, file: string): Target {
  const extension = extname(file);
  if (extension === ".css") return { kind: "file", file, as: "style" };
  if (extension === ".json") return { kind: "file", file, as: "json" };
  return { kind: "package", name, file };
}

function conditionsOf({ place, required }: Scope): Conditions {
  if (!required) return conditions[place];
  return new Set([...conditions[place], "require"].filter((condition) => condition !== "import"));
}

function needsNode(name: string): UserError {
  return inputError(
    `module "${name}" is Node's, and this code runs in the page`,
    'run the cell on the kernel (place="kernel"), and pass on data',
  );
}

function notInstalled(name: string, root: string): UserError {
  const meant = nearestPackage(name, root);
  const install = `install it in the workspace: npm install ${name}`;
  return inputError(
    `package "${name}" is not installed`,
    meant ? `did you mean "${meant}"? Or ${install}` : install,
  );
}
