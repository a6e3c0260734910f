/** The thread that ends synchronous code of cells when this process is asked to stop; see watchdog.ts. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { FromWatchdog } from "./watchdog.ts";

export interface Watched {
  /** What runs shall end; nothing is in its way. */
  stop(): void;
  /** Synchronous code of these cells was in the way and has been terminated. */
  terminated(cells: readonly number[]): void;
}

/** Starts the thread, of the built script at `script` (absolute; none, no thread). Keeps no process alive. */
export function watch(script: string, watched: Watched): void {
  if (!existsSync(script)) return;
  const answered = new SharedArrayBuffer(4);
  const worker = new Worker(script, { workerData: answered });
  worker.unref();
  worker.on("message", (message: FromWatchdog) => {
    if (message === "call") Atomics.add(new Int32Array(answered), 0, 1);
    else if (message === "stop") watched.stop();
    else watched.terminated(message.terminated);
  });
}
