import { fileURLToPath } from "node:url";
import { ignoreSignals, isToKeep, keep } from "./cli/keeper.ts";

const args = process.argv.slice(2);

async function command(): Promise<number> {
  ignoreSignals();
  const [{ runCommandLine }, { standardTerminal }] = await Promise.all([
    import("./cli/program.ts"),
    import("./cli/terminal.ts"),
  ]);
  return await runCommandLine(args, standardTerminal());
}

// Cells may leave timers and sockets behind: what has been printed is flushed, so that leaving at once is safe.
process.exit(await (isToKeep(args) ? keep(fileURLToPath(import.meta.url), args) : command()));
