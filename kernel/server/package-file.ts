/** A file of a package that has several ways in: it stays a module of its own, so that all of them share it. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, extname, join, resolve, sep } from "node:path";
import type { PackageJson } from "../modules/package-exports.ts";
import { resolveModule, type Scope, type Target } from "../modules/resolve.ts";
import { compileModule } from "../notebook/compiler/module.ts";
import { inputError, UserError } from "../notebook/errors.ts";
import { placeholderOf } from "./placeholders.ts";

/** @throws UserError for what the file imports and is not there. */
export function packageFile(file: string, scope: Scope): string {
  const compiled = compileModule(readFileSync(file, "utf8"), "js", true);
  const linked = compiled.link(({ specifier }) => ({ url: placeholderOf(targetOf(specifier, file, scope)) }));
  const dynamic = compiled.dynamic.filter((name) => /^[\w@]/.test(name) && !/^\w+:/.test(name));
  return dynamic
    .reduce((code, name) => linkDynamic(code, name, file, scope), linked)
    .replace(/\bprocess\.env\.NODE_ENV\b/g, '"production"');
}

/** What is imported while running may be missing until then. */
function linkDynamic(code: string, name: string, file: string, scope: Scope): string {
  try {
    const put = `import("${placeholderOf(targetOf(name, file, scope))}")`;
    return code.replaceAll(`import("${name}")`, put).replaceAll(`import('${name}')`, put);
  } catch (error) {
    if (error instanceof UserError) return code;
    throw error;
  }
}

function targetOf(specifier: string, file: string, scope: Scope): Target {
  if (!specifier.startsWith(".")) return resolveModule(specifier, null, file, scope);
  const path = resolve(dirname(file), specifier);
  const endings = ["", ".js", ".mjs", "/index.js"];
  const found = endings
    .map((ending) => path + ending)
    .find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
  if (!found) throw inputError(`"${specifier}" of ${file} not found`, "install the package again");
  const real = realpathSync(found);
  const extension = extname(real);
  if (extension === ".json" || extension === ".css")
    return { kind: "file", file: real, as: extension === ".json" ? "json" : "style" };
  return { kind: "package", name: specifier, file: real };
}

/** Whether a package can be imported by its name alone. Without `exports`, any file of it can. */
export function hasOneEntry(folder: string): boolean {
  const { exports } = packageJson(folder);
  if (exports === undefined || exports === null) return false;
  const keys = typeof exports === "object" ? Object.keys(exports) : [];
  const others = keys.filter((key) => key.startsWith("./") && !/\.(json|css|d\.ts|md)$/.test(key));
  return others.length === 0;
}

/** Whether an import names the package in `folder` itself. */
export function isNameOf(specifier: string, folder: string): boolean {
  const { name } = packageJson(folder);
  return name !== undefined && (specifier === name || specifier.startsWith(`${name}/`));
}

/** The folder of the package that a file is of. */
export function packageFolder(file: string): string {
  const parts = file.split(sep);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return dirname(file);
  const scoped = parts[at + 1]?.startsWith("@") ? 3 : 2;
  return parts.slice(0, at + scoped).join(sep);
}

function packageJson(folder: string): PackageJson {
  const path = join(folder, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
