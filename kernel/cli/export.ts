import { resolve } from "node:path";
import type { Command } from "commander";
import { helpBelow } from "./help.ts";
import { loadNotebook } from "./load-notebook.ts";
import type { Exit } from "./outcome.ts";
import { type CodeShown, codeOption, execute, exitOf, writeReport } from "./run.ts";
import { runFailures, runSummary } from "./run-summary.ts";
import type { Terminal } from "./terminal.ts";
import { checkWritable } from "./write-file.ts";

interface ExportFlags {
  readonly out: string;
  readonly code: CodeShown;
  readonly json?: boolean;
  readonly workspace?: string;
}

export function addExport(program: Command, terminal: Terminal, done: (status: Exit) => void): void {
  program
    .command("export")
    .summary("write a notebook as one HTML file that needs nothing else")
    .description(
      "Runs a notebook with the defaults of its parameters and writes what it shows as one HTML file.",
    )
    .argument("<notebook>", "notebook file")
    .requiredOption("--out <file>", "HTML file to write")
    .option("--json", "print one JSON object on standard output, and nothing else there")
    .option("--workspace <folder>", "workspace whose catalog and files the cells use")
    .addOption(codeOption())
    .addHelpText(
      "after",
      helpBelow(
        [
          "export notebooks/coffee.html --out coffee.html",
          "export notebooks/coffee.html --out coffee.html --code all",
        ],
        {
          0: "all cells done",
          1: "a cell failed; the file is still written",
          2: "wrong use; nothing was run",
        },
      ),
    )
    .action(async (notebook: string, flags: ExportFlags) =>
      done(await exportNotebook(notebook, flags, terminal)),
    );
}

async function exportNotebook(file: string, flags: ExportFlags, terminal: Terminal): Promise<Exit> {
  const out = resolve(flags.out);
  const loaded = await loadNotebook(file);
  checkWritable(out);
  const result = await execute(loaded, {}, flags.workspace, terminal);
  await writeReport(loaded, result, out, flags);
  terminal.progress("");
  for (const line of runFailures(loaded, result)) await terminal.log(line);
  await terminal.out(flags.json ? JSON.stringify(runSummary(loaded, result, out)) : out);
  return exitOf(result);
}
