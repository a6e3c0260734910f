import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { packageRoot } from "../package-root.ts";
import { exit } from "./outcome.ts";
import { failureLine } from "./usage-failure.ts";

/** Tells a process that it is the kept one. Taken out of the environment at once, since cells may start others. */
const mark = "PERCOLATE_KEPT";
const kept = process.env[mark] !== undefined;
delete process.env[mark];

/** Where this process is kept: the thread that can end a cell which never lets go of the main thread. */
export const watchdog = kept ? join(packageRoot(), "dist", "kernel", "watchdog.js") : undefined;

/** Commands that run cells do so in a process of their own: a cell in an endless loop would hear no Ctrl-C. */
export function isToKeep([command]: readonly string[]): boolean {
  return !kept && (command === "run" || command === "export");
}

/** The keeper speaks through the watchdog's pipe; Ctrl-C in a terminal reaches both processes. */
export function ignoreSignals(): void {
  if (kept) for (const signal of signals) process.on(signal, () => {});
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command line in a process of its own and gives the status to leave with. A signal ends what runs, with
 * what there is; a second one ends the process.
 * @param script the command's built file
 */
export async function keep(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...flags, script, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ignore", "pipe"],
    env: { ...process.env, [mark]: "1" },
  });
  const pipe = child.stdio[4] as Writable;
  pipe.on("error", () => {});
  let asked = false;
  const stop = () => {
    if (asked) child.kill("SIGKILL");
    else pipe.write("\n");
    asked = true;
  };
  for (const signal of signals) process.on(signal, stop);
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on("exit", (...how) => resolve(how));
    child.on("error", () => resolve([exit.failed, null]));
  });
  if (asked && status === null) return exit.stopped;
  return status ?? died(signal, args);
}

/** V8 would end the process over a callback of Node's own that was terminated in its midst. */
const flags = ["--no-force-async-hooks-checks"];

function died(signal: NodeJS.Signals | null, args: readonly string[]): number {
  const message = `the process that ran the notebook died (${signal}), perhaps for want of memory`;
  const remedy = "let the cells hold less at a time; PERCOLATE_MEMORY limits what SQL may use";
  process.stderr.write(`percolate: ${message}; ${remedy}\n`);
  if (args.includes("--json")) process.stdout.write(`${failureLine({ kind: "input", message, remedy })}\n`);
  return exit.failed;
}
