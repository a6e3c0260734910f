import { runCommandLine } from "./cli/program.ts";
import { standardTerminal } from "./cli/terminal.ts";

// Cells may leave timers and sockets behind: what has been printed is flushed, so that leaving at once is safe.
process.exit(await runCommandLine(process.argv.slice(2), standardTerminal()));
