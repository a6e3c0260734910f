/** One file of the workspace as a module. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { type CompiledModule, compileModule } from "../notebook/compiler/module.ts";
import { inputError, UserError } from "../notebook/errors.ts";
import type { FileKind } from "./resolve.ts";
import { nameInside } from "./workspace-file.ts";

export interface LocalModule {
  /** Absolute. */
  readonly file: string;
  readonly as: FileKind;
  /** "lib/util.ts": its name in stack traces and messages. */
  readonly name: string;
  readonly text: string;
  readonly hash: string;
  /** Of code; null for data. */
  readonly compiled: CompiledModule | null;
}

/** Characters. Larger data are for FileAttachment, larger code for a package. */
const largest = 16 * 2 ** 20;

/** @throws UserError that names the file, with line and column for what cannot be read. */
export function readModule(file: string, as: FileKind, root: string): LocalModule {
  const name = nameInside(root, file);
  const { size } = statSync(file);
  if (size > largest)
    throw inputError(
      `"${name}" is too large for a module: ${Math.round(size / 2 ** 20)} MB`,
      "read it with FileAttachment",
    );
  const text = readFileSync(file, "utf8");
  const hash = createHash("sha256").update(as).update("\0").update(text).digest("hex");
  return {
    file,
    as,
    name,
    text,
    hash,
    compiled: as === "code" ? compile(name, text) : checkData(name, as, text),
  };
}

function compile(name: string, text: string): CompiledModule {
  const extension = extname(name);
  if (extension.startsWith(".c") || isCommonJs(text))
    throw inputError(
      `"${name}" is a CommonJS module`,
      "write export instead of module.exports, and import instead of require",
    );
  try {
    return compileModule(text, extension.endsWith("ts") ? "ts" : "js");
  } catch (thrown) {
    throw thrown instanceof UserError ? inModule(thrown, name) : thrown;
  }
}

function isCommonJs(text: string): boolean {
  return /^\s*(module\.exports|exports\.\w+)\s*=/m.test(text) && !/^\s*(import|export)\b/m.test(text);
}

function checkData(name: string, as: FileKind, text: string): null {
  if (as !== "json") return null;
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    throw inputError(`"${name}" is not JSON: ${(error as Error).message}`, "correct the file");
  }
}

/** The failure with the module's name and place in its message: its line is not one of the cell. */
export function inModule({ failure }: UserError, name: string, place = failure): UserError {
  const { line, column, ...rest } = failure;
  const where = place.line === undefined ? name : `${name}:${place.line}:${place.column ?? 1}`;
  return new UserError({ ...rest, message: `${where}: ${failure.message}` });
}
