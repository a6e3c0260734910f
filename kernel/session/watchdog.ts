/**
 * A thread of the kernel process that watches the main thread and can end its synchronous code. A byte on file
 * descriptor 4 asks for that. The main thread is called first; if it does not answer, it is stuck: V8's debugger
 * pauses it, tells which cells' code is on its stack, and lets it go on with termination. Over the same descriptor the
 * server is told, one JSON line each, when the main thread ceases to answer and when memory runs short.
 */
import { type Debugger, Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { cellOfSource } from "../notebook/compiler/frames.ts";

/**
 * "call": answer by counting up. "stop": end what runs. "collect": collect garbage. `terminated`: cells whose
 * synchronous code was ended.
 */
export type FromWatchdog = "call" | "stop" | "collect" | { readonly terminated: readonly number[] };

export interface WatchdogData {
  /** One Int32: counts the calls that the main thread has answered. */
  readonly answered: SharedArrayBuffer;
  /** MB that the process may take; null: not watched, and nobody listens at descriptor 4. */
  readonly memory: number | null;
}

const data = workerData as WatchdogData;
const answered = new Int32Array(data.answered);

/** Time for a main thread that is not stuck to answer, in ms. */
const patience = 100;
/** Ms between two looks at the main thread, and without an answer until it is told to be stuck. */
const pulseMs = 300;
const stuckMs = 700;
/** Ms between two looks at the memory, and the share of the limit at which is warned. */
const memoryMs = 150;
const near = 0.85;
/** Ms that the main thread has to end when the server is gone. */
const orphanMs = 1000;

let calls = 0;
let calledAt = performance.now();
/** The call that a main thread which is being ended has not answered yet. */
let ending = 0;
let stuck = false;
let warned = false;

// Not a file stream: its pending read would block a thread that the process waits for when it exits.
const pipe = new Socket({ fd: 4, readable: true, writable: data.memory !== null });
pipe.on("data", () => interrupt());
pipe.on("error", () => {});
if (data.memory !== null) watchOver(data.memory * 2 ** 20);

function watchOver(limit: number): void {
  setInterval(lookAtPulse, pulseMs);
  setInterval(() => lookAtMemory(limit), memoryMs);
  // The server is gone. A main thread that is stuck does not notice.
  pipe.on("close", () => setTimeout(() => process.kill(process.pid, "SIGKILL"), orphanMs));
}

function lookAtPulse(): void {
  const answers = isAnswered();
  if (answers === stuck && (answers || performance.now() - calledAt > stuckMs)) {
    stuck = !answers;
    report({ type: "stuck", stuck });
  }
  if (answers) call();
}

function lookAtMemory(limit: number): void {
  const bytes = process.memoryUsage.rss();
  if (bytes > limit) return report({ type: "memory", bytes, over: true });
  if (bytes < limit * near) {
    if (bytes < limit * 0.7) warned = false;
    return;
  }
  if (!warned) report({ type: "memory", bytes, over: false });
  if (!warned) tell("collect");
  warned = true;
}

function report(message: object): void {
  pipe.write(`${JSON.stringify(message)}\n`);
}

function interrupt(): void {
  if (!isAnswered() && performance.now() - calledAt > patience) return terminate();
  call();
  setTimeout(() => (isAnswered() ? tell("stop") : terminate()), patience);
}

function call(): void {
  calls++;
  calledAt = performance.now();
  tell("call");
}

function tell(message: FromWatchdog): void {
  parentPort?.postMessage(message);
}

/** Whether all calls up to one have been answered: later ones may find the main thread in another loop. */
function isAnswered(call = calls): boolean {
  return Atomics.load(answered, 0) >= call;
}

/** A session for each time: while one is connected, the process would wait for it on exit. */
function terminate(): void {
  const call = calls;
  // Asked for again meanwhile: a second pause would hit whatever runs next.
  if (ending > 0 && !isAnswered(ending)) return;
  ending = call;
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
  setTimeout(() => insist(call), 5 * patience);
}

/** Code that the debugger cannot pause is terminated all the same, and again until the main thread answers. */
function insist(call: number): void {
  if (isAnswered(call)) return;
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    tell({ terminated: [] });
  });
  setTimeout(() => insist(call), patience);
}

function cellsOn(frames: readonly Debugger.CallFrame[], sources: ReadonlyMap<string, string>): number[] {
  const ids = frames.map(({ location }) => cellOfSource(sources.get(location.scriptId) ?? ""));
  return [...new Set(ids.filter((id) => id !== null))];
}
