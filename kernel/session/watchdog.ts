/**
 * A thread of the kernel process that can end synchronous code on the main thread. A byte on file descriptor 4 asks
 * for it. The main thread is called first; if it does not answer, it is stuck: V8's debugger pauses it, tells which
 * cells' code is on its stack, and lets it go on with termination.
 */
import { type Debugger, Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { cellOfSource } from "../notebook/compiler/positions.ts";

/** "call": answer by counting up. "stop": end what runs. `terminated`: cells whose synchronous code was ended. */
export type FromWatchdog = "call" | "stop" | { readonly terminated: readonly number[] };

/** Counts the calls that the main thread has answered. */
const answered = new Int32Array(workerData as SharedArrayBuffer);

/** Time for a main thread that is not stuck to answer, in ms. */
const patience = 100;

let calls = 0;

// Not a file stream: its pending read would block a thread that the process waits for when it exits.
const pipe = new Socket({ fd: 4, readable: true, writable: false });
pipe.on("data", () => interrupt());
pipe.on("error", () => {});

function interrupt(): void {
  calls++;
  tell("call");
  setTimeout(() => (isAnswered() ? tell("stop") : terminate()), patience);
}

function tell(message: FromWatchdog): void {
  parentPort?.postMessage(message);
}

function isAnswered(): boolean {
  return Atomics.load(answered, 0) >= calls;
}

/** A session for each time: while one is connected, the process would wait for it on exit. */
function terminate(): void {
  const session = new Session();
  const sources = new Map<string, string>();
  session.connectToMainThread();
  session.on("Debugger.scriptParsed", ({ params }) => sources.set(params.scriptId, params.url));
  session.on("Debugger.paused", ({ params }) => {
    const cells = cellsOn(params.callFrames, sources);
    session.post("Debugger.resume", { terminateOnResume: true }, () => {
      session.disconnect();
      tell({ terminated: cells });
    });
  });
  session.post("Debugger.enable", () => session.post("Debugger.pause"));
  setTimeout(insist, 5 * patience);
}

/** Code that the debugger cannot pause is terminated all the same, and again until the main thread answers. */
function insist(): void {
  if (isAnswered()) return;
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    tell({ terminated: [] });
  });
  setTimeout(insist, patience);
}

function cellsOn(frames: readonly Debugger.CallFrame[], sources: ReadonlyMap<string, string>): number[] {
  const ids = frames.map(({ location }) => cellOfSource(sources.get(location.scriptId) ?? ""));
  return [...new Set(ids.filter((id) => id !== null))];
}
