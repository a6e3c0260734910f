import { type Command, InvalidArgumentError } from "commander";
import { folderWorkspace } from "./folder-workspace.ts";
import { helpBelow } from "./help.ts";
import { type Exit, exit } from "./outcome.ts";
import { prepareExamples } from "./workspace.ts";

interface StartFlags {
  readonly port?: number;
  readonly open: boolean;
  readonly dev?: boolean;
}

export function addStart(program: Command, done: (status: Exit) => void): void {
  program
    .command("start")
    .summary("open a workspace in the browser")
    .description("Starts the server on this machine and opens the page. Ctrl-C stops everything it started.")
    .argument("[folder]", "workspace; without it, one made from the examples that ship")
    .option(
      "--port <number>",
      "port of the page (default: a fixed one, or the next that is free)",
      portNumber,
    )
    .option("--no-open", "do not open a browser")
    .option("--dev", "serve the pages from their sources, with hot reload")
    .addHelpText(
      "after",
      helpBelow(["start", "start ~/data/sales", "start ~/data/sales --no-open --port 4000"], {
        0: "stopped",
        2: "wrong use, or the port or folder cannot be used",
      }).replace(/\n.*130.*/, ""),
    )
    .action(async (folder: string | undefined, flags: StartFlags) => done(await start(folder, flags)));
}

async function start(folder: string | undefined, flags: StartFlags): Promise<Exit> {
  const workspace = folder === undefined ? await prepareExamples() : folderWorkspace(folder);
  const { runServer } = await import("../server/run-server.ts");
  await runServer(workspace, flags);
  return exit.ok;
}

function portNumber(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port < 65536) return port;
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
}
