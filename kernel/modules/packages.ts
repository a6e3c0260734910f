/** Packages installed in the workspace. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { inputError, nearest } from "../notebook/errors.ts";
import { type Conditions, type PackageJson, packagePaths } from "./package-exports.ts";

export interface InstalledPackage {
  readonly name: string;
  /** Absolute, links resolved. */
  readonly folder: string;
  readonly json: PackageJson;
}

/**
 * The package of a name that code in `folder` sees: in a `node_modules` there or above, within the workspace.
 * @throws UserError for one that is linked from outside the workspace.
 */
export function findPackage(name: string, folder: string, root: string): InstalledPackage | null {
  for (let at = folder; at === root || at.startsWith(root + sep); at = dirname(at)) {
    const path = join(at, "node_modules", name);
    if (existsSync(join(path, "package.json"))) return readPackage(name, path, root);
  }
  return null;
}

/** @throws UserError when the package does not export `subpath` ("" or "/sub"), or lacks the file. */
export function packageFile(found: InstalledPackage, subpath: string, conditions: Conditions): string {
  const paths = packagePaths(found.json, subpath, conditions);
  const wanted = `${found.name}${subpath}`;
  if (!paths) throw inputError(`package "${found.name}" does not export "${wanted}"`, exported(found));
  for (const path of paths) {
    const file = resolve(found.folder, path);
    if (file.startsWith(found.folder + sep) && statSync(file, { throwIfNoEntry: false })?.isFile())
      return realpathSync(file);
  }
  throw inputError(
    `package "${found.name}" has no file for "${wanted}"`,
    `install it again: npm install ${found.name}`,
  );
}

/** Of packages that are installed in the workspace, the one whose name is nearest. */
export function nearestPackage(name: string, root: string): string | undefined {
  const folder = join(root, "node_modules");
  const names = namesIn(folder).flatMap((entry) =>
    entry.startsWith("@") ? namesIn(join(folder, entry)).map((inner) => `${entry}/${inner}`) : [entry],
  );
  return nearest(name, names);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

function readPackage(name: string, path: string, root: string): InstalledPackage {
  const folder = realpathSync(path);
  if (!folder.startsWith(realpathSync(root) + sep))
    throw inputError(
      `package "${name}" is a link to ${folder}, outside of the workspace`,
      `install it in the workspace: npm install ${name}`,
    );
  return { name, folder, json: readJson(name, join(folder, "package.json")) };
}

function readJson(name: string, file: string): PackageJson {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw inputError(
      `the package.json of "${name}" cannot be read: ${(error as Error).message}`,
      `install it again: npm install ${name}`,
    );
  }
}

function exported({ json }: InstalledPackage): string {
  const { exports } = json;
  const keys = typeof exports === "object" && exports ? Object.keys(exports) : [];
  const paths = keys.filter((key) => key.startsWith("./")).slice(0, 6);
  return paths.length > 0
    ? `it exports ${paths.map((path) => path.slice(2)).join(", ")}`
    : "it exports itself alone";
}
