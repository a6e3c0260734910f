/** `node dist/kernel/main.js [FOLDER] [--port N] [--no-open] [--dev]`: the start command and nothing else. */
import { runCommandLine } from "./cli/program.ts";
import { standardTerminal } from "./cli/terminal.ts";

process.exit(await runCommandLine(["start", ...process.argv.slice(2)], standardTerminal()));
