import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { compileModule } from "../notebook/compiler/module.ts";

/** Whether a package's file is CommonJS: by its ending, its package's type, or what is written in it, as Node decides. */
export function isCommonJs(file: string): boolean {
  const extension = extname(file);
  if (extension === ".mjs") return false;
  if (extension === ".cjs") return true;
  return packageType(file) !== "module" && !hasModuleSyntax(readFileSync(file, "utf8"));
}

function packageType(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")).type;
  }
  return undefined;
}

function hasModuleSyntax(text: string): boolean {
  if (!/\b(import|export)\b/.test(text)) return false;
  try {
    const { imports, exports } = compileModule(text, "js");
    return imports.length > 0 || exports === null || exports.size > 0;
  } catch {
    return false;
  }
}
