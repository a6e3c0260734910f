/** The thread that watches over this process: see watchdog.ts. */
import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import type { FromWatchdog, WatchdogData } from "./watchdog.ts";

export interface Watched {
  /** What runs shall end; nothing is in its way. */
  stop(): void;
  /** Synchronous code of these cells was in the way and has been terminated. */
  terminated(cells: readonly number[]): void;
}

/**
 * Starts the thread, of the built script at `script` (absolute; none, no thread). Keeps no process alive.
 * @param memory MB that the process may take; null: as much as there is
 */
export function watch(script: string, memory: number | null, watched: Watched): void {
  if (!existsSync(script)) return;
  const answered = new SharedArrayBuffer(4);
  const worker = new Worker(script, { workerData: { answered, memory } satisfies WatchdogData });
  worker.unref();
  worker.on("message", (message: FromWatchdog) => {
    if (message === "call") Atomics.add(new Int32Array(answered), 0, 1);
    else if (message === "stop") watched.stop();
    else if (message === "collect") collectGarbage();
    else watched.terminated(message.terminated);
  });
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
