import { dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import { inputError } from "../notebook/errors.ts";
import { progressText } from "../notebook/library/progress.ts";
import type { RunResult } from "../session/headless.ts";
import { findWorkspace, placeInWorkspace } from "./find-workspace.ts";
import { helpBelow } from "./help.ts";
import { interruptible } from "./interrupt.ts";
import { watchdog } from "./keeper.ts";
import { type LoadedNotebook, loadNotebook, parametersOf } from "./load-notebook.ts";
import { type Exit, exit } from "./outcome.ts";
import { readAssignment, readParameters } from "./parameter-arguments.ts";
import { parameterTable } from "./parameter-table.ts";
import { runFailures, runSummary } from "./run-summary.ts";
import type { Terminal } from "./terminal.ts";
import { checkWritable, writeWhole } from "./write-file.ts";

export type CodeShown = "pinned" | "all" | "none";

interface RunFlags {
  readonly report?: string;
  readonly listParameters?: boolean;
  readonly json?: boolean;
  readonly workspace?: string;
  readonly code: CodeShown;
  readonly param?: readonly string[];
}

export const codeOption = () =>
  new Option("--code <which>", "cells whose code the report shows")
    .choices(["pinned", "all", "none"])
    .default("pinned");

export function addRun(program: Command, terminal: Terminal, done: (status: Exit) => void): void {
  program
    .command("run")
    .summary("run a notebook without a page, and write a report")
    .description(
      "Runs every cell of a notebook once, with parameters, and writes what they show as one HTML file.",
    )
    .argument("<notebook>", "notebook file")
    .argument("[parameters...]", "values of the notebook's parameters, as --NAME VALUE")
    .option("--report <file>", "write the outputs as one self-contained HTML file")
    .option("--list-parameters", "show the parameters, and run nothing else")
    .option("--json", "print one JSON object on standard output, and nothing else there")
    .option("--workspace <folder>", "workspace whose catalog and files the cells use")
    .addOption(codeOption())
    .option("--param <name=value>", "a parameter named like one of these options", collect)
    .allowUnknownOption()
    .usage("NOTEBOOK [--NAME VALUE ...] [options]")
    .addHelpText(
      "after",
      about +
        helpBelow(examples, {
          0: "all cells done",
          1: "a cell failed; the report is still written",
          2: "wrong use; nothing was run",
        }),
    )
    .action(async (notebook: string, tokens: string[], flags: RunFlags) =>
      done(await run(notebook, tokens, flags, terminal)),
    );
}

const about = `
A parameter is a cell of the form const NAME = view(Inputs.…). Flags are written
--NAME or --no-NAME, lists as --NAME a,b or --NAME a --NAME b.
`;

const examples = [
  "run templates/explore-table.html --list-parameters",
  "run templates/explore-table.html --table flights --report flights.html",
  "run notebooks/coffee.html --json > result.json",
];

const collect = (value: string, before: readonly string[] = []) => [...before, value];

async function run(file: string, tokens: string[], flags: RunFlags, terminal: Terminal): Promise<Exit> {
  if (file.startsWith("--"))
    throw inputError("the notebook is missing", `write percolate run NOTEBOOK ${file} …`);
  const loaded = await loadNotebook(file);
  if (flags.listParameters) return listParameters(loaded, flags, terminal);
  const known = await parametersOf(loaded.notebook);
  const assigned = (flags.param ?? []).flatMap((text) => readAssignment(text, known));
  const parameters = readParameters([...tokens, ...assigned], known);
  const report = flags.report === undefined ? null : resolve(flags.report);
  if (report) checkWritable(report);
  const result = await execute(loaded, parameters, flags.workspace, terminal);
  if (report) await writeReport(loaded, result, report, flags);
  await tell(loaded, result, report, flags.json === true, terminal);
  return exitOf(result);
}

export function exitOf({ ok, stopped }: RunResult): Exit {
  if (stopped) return exit.stopped;
  return ok ? exit.ok : exit.failed;
}

/** Runs the notebook in this process; Ctrl-C ends it with what there is. */
export async function execute(
  loaded: LoadedNotebook,
  parameters: Readonly<Record<string, unknown>>,
  named: string | undefined,
  terminal: Terminal,
): Promise<RunResult> {
  const workspace = await findWorkspace(named, dirname(loaded.path));
  const { runHeadless } = await import("../session/headless.ts");
  const path = placeInWorkspace(loaded.path, workspace);
  const { notebook } = loaded;
  return interruptible((signal) =>
    runHeadless({
      workspace,
      notebook,
      path,
      parameters,
      signal,
      watchdog,
      onEvent(event) {
        if (event.type === "console") void terminal.log(`cell ${event.cell ?? "?"}: ${event.text}`);
        if (event.type === "status" && event.status === "running")
          terminal.progress(`running cell ${event.cell} of ${notebook.cells.length}`);
        if (event.type === "progress" && !event.over)
          terminal.progress(`cell ${event.cell}: ${progressText(event)}`);
      },
    }),
  );
}

export async function writeReport(
  loaded: LoadedNotebook,
  result: RunResult,
  path: string,
  flags: { readonly code: CodeShown; readonly workspace?: string },
): Promise<void> {
  const { renderReport } = await import("../reports/report.ts");
  const workspace = await findWorkspace(flags.workspace, dirname(loaded.path));
  const source = placeInWorkspace(loaded.path, workspace);
  writeWhole(
    path,
    renderReport({ notebook: loaded.notebook, result, code: flags.code, source, root: workspace.root }),
  );
}

async function tell(
  loaded: LoadedNotebook,
  result: RunResult,
  report: string | null,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  terminal.progress("");
  for (const line of runFailures(loaded, result)) await terminal.log(line);
  const summary = runSummary(loaded, result, report);
  if (json) return terminal.out(JSON.stringify(summary));
  const seconds = (result.ms / 1000).toFixed(1);
  const failed = summary.failures.length;
  const state = failed
    ? `${failed} of ${result.cells.length} cells failed`
    : `${result.cells.length} cells done`;
  await terminal.out(
    `${loaded.notebook.title}: ${state} in ${seconds} s${report ? `; report: ${report}` : ""}`,
  );
}

async function listParameters(loaded: LoadedNotebook, flags: RunFlags, terminal: Terminal): Promise<Exit> {
  const workspace = await findWorkspace(flags.workspace, dirname(loaded.path));
  const { listParameters: list } = await import("../session/headless.ts");
  const path = placeInWorkspace(loaded.path, workspace);
  const parameters = await list({ workspace, notebook: loaded.notebook, path });
  await terminal.out(flags.json ? JSON.stringify({ parameters }) : parameterTable(parameters));
  return exit.ok;
}
