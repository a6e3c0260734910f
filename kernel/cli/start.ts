import { type Command, InvalidArgumentError } from "commander";
import { leastMemory } from "../server/kernel-limits.ts";
import { folderWorkspace } from "./folder-workspace.ts";
import { helpBelow } from "./help.ts";
import { type Exit, exit } from "./outcome.ts";
import { prepareExamples } from "./workspace.ts";

interface StartFlags {
  readonly port?: number;
  readonly open: boolean;
  readonly dev?: boolean;
  readonly kernelMemory?: number;
  readonly idleKernel?: number | null;
  readonly spareKernel: boolean;
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
    .option(
      "--kernel-memory <MB>",
      "memory that a notebook's kernel may take (default: three quarters)",
      memoryNumber,
    )
    .option(
      "--idle-kernel <minutes>",
      'end a kernel after so long without a tab and without work, or "never" (default: 60)',
      minutesNumber,
    )
    .option("--no-spare-kernel", "keep no process ready for the next notebook's first kernel cell")
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
  const { kernelMemory, idleKernel, spareKernel, ...rest } = flags;
  const kernels = { memory: kernelMemory, idleMinutes: idleKernel, spare: spareKernel };
  await runServer(workspace, { ...rest, kernels });
  return exit.ok;
}

function portNumber(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port < 65536) return port;
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
}

function memoryNumber(text: string): number {
  const memory = /^\d+$/.test(text) ? Number(text) : 0;
  if (memory >= leastMemory) return memory;
  throw new InvalidArgumentError(`Memory is a whole number of MB, at least ${leastMemory}.`);
}

function minutesNumber(text: string): number | null {
  if (text === "never") return null;
  const minutes = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (minutes > 0) return minutes;
  throw new InvalidArgumentError('Minutes are a number above 0, or "never".');
}
