import { writeSync } from "node:fs";
import type { Workspace } from "../catalog/workspace.ts";
import type { KernelOptions } from "./hub.ts";
import { openBrowser } from "./open-browser.ts";
import { type RunningServer, startServer } from "./server.ts";

export interface RunOptions {
  readonly port?: number;
  /** Open a browser where there is a screen. */
  readonly open: boolean;
  readonly dev?: boolean;
  readonly kernels?: KernelOptions;
}

/** Time for everything to end after Ctrl-C. */
const patienceMs = 2000;

/**
 * Starts the server, says where it is, and stays until Ctrl-C, SIGTERM or the end of the terminal.
 * @throws UserError when the asked port is in use.
 */
export async function runServer(workspace: Workspace, options: RunOptions): Promise<void> {
  const { open, ...rest } = options;
  const server = await startServer({ workspace, ...rest });
  writeSync(1, banner(workspace, server));
  if (open) openBrowser(server.url);
  await untilAsked();
  await closeInTime(server);
}

function banner(workspace: Workspace, server: RunningServer): string {
  return `
  Percolate is running.

    open       ${server.url}
    workspace  ${workspace.root}

  Ctrl-C stops it.

`;
}

/** The first signal asks to stop; a second one ends the process at once. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
  });
}

async function closeInTime(server: RunningServer): Promise<void> {
  const timer = setTimeout(() => process.exit(1), patienceMs);
  await server.close();
  clearTimeout(timer);
}
