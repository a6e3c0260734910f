/** The programs that run data loaders: how each is started, and what to do where it is missing. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Command } from "../../engine/child.ts";
import type { Interpreter } from "../../notebook/document/notebook.ts";
import { inputError } from "../../notebook/errors.ts";

export interface Surroundings {
  /** Absolute path of the workspace: what Node cells may read. */
  readonly root: string;
  /** Where programs are looked for, as in `PATH`. */
  readonly path?: string | undefined;
}

/** The command that runs a program from its standard input. @throws UserError when the interpreter is missing. */
export function commandFor(
  interpreter: Interpreter,
  { root, path = process.env.PATH }: Surroundings,
): Command {
  switch (interpreter) {
    case "node":
      return { file: process.execPath, args: nodeArguments(root) };
    case "python":
      return { file: found("python3", path) ?? missing(interpreter), args: ["-"] };
    case "r":
      return { file: found("Rscript", path) ?? missing(interpreter), args: ["-"] };
  }
}

/** As Notebook Kit, Node may read files and neither write nor start anything. */
function nodeArguments(root: string): string[] {
  const flags = process.allowedNodeEnvironmentFlags;
  const permission = flags.has("--permission") ? "--permission" : "--experimental-permission";
  const read = `--allow-fs-read=${root}`;
  return ["--input-type=module", permission, read, "--disable-warning=ExperimentalWarning"];
}

export const interpreterNames: Readonly<Record<Interpreter, string>> = {
  node: "Node",
  python: "Python",
  r: "R",
};

const remedies: Readonly<Record<Interpreter, string>> = {
  node: "reinstall Node",
  python:
    "install Python 3 (Debian, Ubuntu: apt install python3; macOS: brew install python) so that python3 is on the PATH, then restart percolate",
  r: "install R (Debian, Ubuntu: apt install r-base-core; macOS: brew install r) so that Rscript is on the PATH, then restart percolate",
};

/** @throws UserError always */
export function missing(interpreter: Interpreter): never {
  const command = interpreter === "r" ? "Rscript" : "python3";
  throw inputError(
    `${interpreterNames[interpreter]} is not installed: the command ${command} was not found`,
    remedies[interpreter],
  );
}

function found(command: string, path: string | undefined): string | undefined {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const files = (path ?? "").split(delimiter).filter((folder) => folder !== "");
  return files.map((folder) => join(folder, command + suffix)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
