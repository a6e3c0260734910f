/**
 * A thread of the kernel process that can end synchronous code on the main thread. A byte on file descriptor 4 asks
 * for it. The main thread is told first; if it does not answer, it is stuck, and V8 terminates what it executes.
 */
import { createReadStream } from "node:fs";
import { Session } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";

/** Counts the interrupts that the main thread has seen. */
const seen = new Int32Array(workerData as SharedArrayBuffer);

/** Time for a main thread that is not stuck to answer, in ms; then terminate, and again until it does. */
const patience = 100;

let asked = 0;

const pipe = createReadStream("", { fd: 4, autoClose: false });
pipe.on("data", () => interrupt());
pipe.on("error", () => {});

function interrupt(): void {
  asked++;
  parentPort?.postMessage("interrupt");
  setTimeout(insist, patience);
}

function insist(): void {
  if (Atomics.load(seen, 0) >= asked) return;
  terminate();
  setTimeout(insist, patience);
}

/** A session for each time: while one is connected, the process would wait for it on exit. */
function terminate(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => session.disconnect());
}
