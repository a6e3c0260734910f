import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import type { Parameters, ReportAnswer } from "../notebook/api.ts";
import { UserError } from "../notebook/errors.ts";

/** Where the command is, and what it works on. */
export interface Command {
  /** dist/kernel/cli.js */
  readonly script: string;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

/**
 * Runs a notebook headless in a process of its own, and gives the report.
 * @throws UserError with what the command said when nothing could be run.
 */
export async function makeReport(
  command: Command,
  file: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<ReportAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "percolate-report-"));
  try {
    const target = join(folder, "report.html");
    const values = Object.entries(parameters).flatMap(([name, value]) => [
      "--param",
      `${name}=${valueText(value)}`,
    ]);
    const said = await run(command, ["run", file, "--report", target, "--json", ...values]);
    const { ok, failures } = JSON.parse(said) as Omit<ReportAnswer, "html">;
    return { html: await readFile(target, "utf8"), ok, failures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The parameters of a notebook, with the values that its data allow. */
export async function listParameters(command: Command, file: string): Promise<Parameters> {
  const said = await run(command, ["run", file, "--list-parameters", "--json"]);
  return (JSON.parse(said) as { parameters: Parameters }).parameters;
}

function valueText(value: unknown): string {
  return Array.isArray(value)
    ? value.join(",")
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}

/** Standard output of the command. Status 1 says that cells failed, and there is a result all the same. */
function run({ script, workspace, signal }: Command, words: readonly string[]): Promise<string> {
  const args = [script, ...words, "--workspace", workspace.root];
  const options = { signal, cwd: workspace.root, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, out, log) => {
      if (!error || (error.code === 1 && out.trim().startsWith("{"))) resolve(out);
      else if (error.code === 2) reject(new UserError({ kind: "input", message: lastLine(log) }));
      else reject(new Error(`percolate ${words[0]} ended with ${error.code ?? error.signal}: ${log}`));
    });
  });
}

function lastLine(log: string): string {
  const line = log.trim().split("\n").at(-1) ?? "";
  return line.replace(/^percolate: /, "");
}
