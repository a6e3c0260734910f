/** The thread that ends synchronous code of cells when this process is asked to stop; see watchdog.ts. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { PlaceRuntime } from "../notebook/runtime/place.ts";
import type { FromWatchdog } from "./watchdog.ts";

/** Calls `stop` when asked, after the code that was in its way. Keeps no process alive. */
export function watch(script: string, runtime: PlaceRuntime, stop: () => void): void {
  if (!existsSync(script)) return;
  const seen = new SharedArrayBuffer(4);
  const worker = new Worker(script, { workerData: seen });
  worker.unref();
  worker.on("message", (message: FromWatchdog) => {
    if (message === "call") Atomics.add(new Int32Array(seen), 0, 1);
    else {
      if (message !== "stop") runtime.terminated(message.terminated);
      stop();
    }
  });
}
