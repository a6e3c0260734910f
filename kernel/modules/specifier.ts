/** What the text after `from` names. */
import { isBuiltin } from "node:module";

export type Specifier =
  | { readonly kind: "file"; readonly path: string; readonly query: string }
  /** `npm:` and a version are left out: what is installed counts. */
  | { readonly kind: "package"; readonly name: string; readonly subpath: string }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "wrong"; readonly message: string; readonly remedy: string };

const npm = /^(?:npm:\/?)?((?:@[\w.~-]+\/)?[\w.~-]+)(?:@([^/]+))?((?:\/.*)?)$/;

export function readSpecifier(text: string): Specifier {
  if (/^\.{1,2}(\/|$)/.test(text)) return fileOf(text);
  if (text.startsWith("/") || /^(file:|[a-z]:[\\/])/i.test(text)) return absolute(text);
  if (text.startsWith("node:")) return { kind: "node", name: text };
  if (/^(https?|data|blob):/.test(text)) return { kind: "url", url: text };
  const [, name, , subpath = ""] = npm.exec(text) ?? [];
  if (name === undefined || name.startsWith(".")) return unknown(text);
  return { kind: "package", name, subpath: subpath === "/+esm" || subpath === "/" ? "" : subpath };
}

/** Whether Node has a module of that name built in. */
export function isNodeModule(name: string): boolean {
  return isBuiltin(name);
}

function fileOf(text: string): Specifier {
  const [path = "", query = ""] = text.split("?");
  return { kind: "file", path, query };
}

function absolute(text: string): Specifier {
  return {
    kind: "wrong",
    message: `module "${text}" is an absolute path`,
    remedy: 'name files from where the import stands: "./lib/util.ts"',
  };
}

function unknown(text: string): Specifier {
  return {
    kind: "wrong",
    message: `module "${text}" is neither a file nor a package`,
    remedy: 'write "./file.ts" for a file, "name" or "npm:name" for an installed package',
  };
}
