/** A program in a process group of its own, which ends with its run, with its output's bound, and with this process. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export interface ChildOptions extends Command {
  readonly cwd: string;
  readonly input: string;
  readonly signal: AbortSignal;
  /** Most bytes that it may print. */
  readonly limit: number;
  /** What it writes to standard error, as it comes. */
  readonly onError: (text: string) => void;
}

export interface ChildResult {
  readonly output: Buffer;
  readonly status: number | null;
  /** Name of the system's signal that ended it. */
  readonly signal: NodeJS.Signals | null;
  /** It printed more than `limit` bytes, and was ended. */
  readonly tooLong: boolean;
}

/**
 * Waits at the other end of descriptor 3, which closes with the run or with this process, however that ends; then it
 * ends the whole group, so that nothing which the program started goes on.
 */
const guarded = '(cat <&3 >/dev/null 2>&1; kill -KILL -$$ 2>/dev/null) & exec 3<&-; exec "$0" "$@"';

const hasGroups = process.platform !== "win32";

/** Runs a program to its end. @throws the signal's reason when it fires, once the program is gone */
export async function runChild(options: ChildOptions): Promise<ChildResult> {
  options.signal.throwIfAborted();
  const child = start(options);
  const kill = () => end(child);
  options.signal.addEventListener("abort", kill, { once: true });
  try {
    const result = await resultOf(child, options, kill);
    options.signal.throwIfAborted();
    return result;
  } finally {
    options.signal.removeEventListener("abort", kill);
    kill();
  }
}

function start({ file, args, cwd, input }: ChildOptions): ChildProcess {
  const [command, list] = hasGroups ? ["/bin/sh", ["-c", guarded, file, ...args]] : [file, [...args]];
  const stdio = ["pipe", "pipe", "pipe", ...(hasGroups ? (["pipe"] as const) : [])] as const;
  const child = spawn(command, list, { cwd, detached: hasGroups, stdio: [...stdio] });
  // A program may end, or close its input, before it has read all of it.
  for (const stream of child.stdio) stream?.on("error", () => {});
  child.stdin?.end(input);
  return child;
}

/** Ends the program, and all that it started, at once. */
function end(child: ChildProcess): void {
  if (!hasGroups) return void child.kill("SIGKILL");
  (child.stdio[3] as Writable | null)?.destroy();
}

function resultOf(child: ChildProcess, options: ChildOptions, kill: () => void): Promise<ChildResult> {
  const parts: Buffer[] = [];
  let bytes = 0;
  (child.stdout as Readable).on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > options.limit) kill();
    else parts.push(part);
  });
  (child.stderr as Readable).setEncoding("utf8").on("data", options.onError);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", kill);
    child.once("close", (status, signal) =>
      resolve({ output: Buffer.concat(parts), status, signal, tooLong: bytes > options.limit }),
    );
  });
}
