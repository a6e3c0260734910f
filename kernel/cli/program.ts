import { Command, CommanderError } from "commander";
import { packageVersion } from "../package-root.ts";
import { addCrawl } from "./crawl.ts";
import { addExport } from "./export.ts";
import { addNew } from "./new.ts";
import { type Exit, exit, outcomeOf } from "./outcome.ts";
import { addRun } from "./run.ts";
import { addStart } from "./start.ts";
import { addTables } from "./tables.ts";
import type { Terminal } from "./terminal.ts";
import { failureLine } from "./usage-failure.ts";

/** Runs one command line (without "node percolate") and gives the status to leave with. Never throws. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<Exit> {
  let status: Exit = exit.ok;
  const program = commandProgram(terminal, (given) => {
    status = given;
  });
  const json = args.includes("--json");
  try {
    await program.parseAsync(args.length ? [...args] : ["--help"], { from: "user" });
    return status;
  } catch (error) {
    terminal.progress("");
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exit.ok;
      const message = error.message.replace(/^error: /, "");
      if (json)
        await terminal.out(failureLine({ kind: "input", message, remedy: "percolate --help tells more" }));
      return exit.usage;
    }
    const outcome = outcomeOf(error);
    await terminal.log(outcome.text);
    if (json) await terminal.out(failureLine(outcome.failure));
    return outcome.status;
  }
}

function commandProgram(terminal: Terminal, done: (status: Exit) => void): Command {
  const program = new Command("percolate")
    .description("A reactive notebook for data work in TypeScript.")
    .version(packageVersion(), "--version", "print the version")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.out(text),
      writeErr: (text) => void terminal.log(text),
      outputError: (text, write) => write(text.replace(/^error: /, "percolate: ")),
    })
    .showHelpAfterError("(percolate --help tells more)");
  addStart(program, done);
  addRun(program, terminal, done);
  addExport(program, terminal, done);
  addCrawl(program, terminal, done);
  addTables(program, terminal, done);
  addNew(program, terminal, done);
  return program;
}
