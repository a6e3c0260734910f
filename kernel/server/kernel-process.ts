import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { totalmem } from "node:os";
import type { Writable } from "node:stream";
import type { Failure } from "../notebook/errors.ts";
import type { FromKernel, ToKernel } from "../notebook/protocol.ts";

export interface KernelSpec {
  /** The program of the kernel process, dist/kernel/process.js. */
  readonly script: string;
  /** Absolute paths. */
  readonly workspace: string;
  readonly notebook: string;
}

export interface KernelListener {
  message(message: FromKernel): void;
  /** The process is gone, and nobody asked for it. */
  died(failure: Failure): void;
}

/** Time for a kernel to end by itself once asked to. */
const patienceMs = 1000;
const stderrKept = 4096;

/** One Node process that runs a notebook's kernel cells. Messages wait until it is ready. */
export class KernelProcess {
  readonly #child: ChildProcess;
  readonly #listener: KernelListener;
  readonly #ended: Promise<void>;
  #waiting: ToKernel[] | null = [];
  #stderr = "";
  #expected = false;

  constructor(spec: KernelSpec, listener: KernelListener) {
    this.#listener = listener;
    this.#child = fork(spec.script, [spec.workspace, spec.notebook], {
      execArgv: ["--no-force-async-hooks-checks", `--max-old-space-size=${heapMegabytes()}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc", "pipe"],
      cwd: spec.workspace,
    });
    this.#ended = new Promise((resolve) => this.#watch(resolve));
  }

  get ready(): boolean {
    return this.#waiting === null;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: ToKernel): void {
    if (this.#waiting) this.#waiting.push(message);
    else if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** Asks the watchdog thread of the process to end what runs there, even an endless loop. */
  interrupt(): void {
    this.#pipe?.write("i");
  }

  get #pipe(): Writable | null | undefined {
    return this.#child.stdio[4] as Writable | null | undefined;
  }

  /** Ends the process, by force if it does not go by itself. Resolves when it is gone. */
  async close(): Promise<void> {
    this.#expected = true;
    if (this.#child.connected) this.#child.send({ type: "shutdown" } satisfies ToKernel, () => {});
    // The watchdog's read of this pipe would keep the process from ending.
    this.#pipe?.end("i");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), patienceMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends the process now. */
  async kill(): Promise<void> {
    this.#expected = true;
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  #watch(ended: () => void): void {
    const child = this.#child;
    child.on("message", (message) => this.#receive(message as FromKernel));
    child.stderr?.setEncoding("utf8").on("data", (text) => this.#keep(text));
    child.stdio[4]?.on("error", () => {});
    child.once("error", (error) => {
      ended();
      this.#end(cannotStart(error));
    });
    child.once("exit", async (status, signal) => {
      ended();
      await this.#lastWords();
      this.#end(deathOf(status, signal, this.#stderr));
    });
  }

  /** What it wrote last may still be on its way; a process it started may hold the pipe open for long. */
  async #lastWords(): Promise<void> {
    const { stderr } = this.#child;
    if (stderr && !stderr.readableEnded)
      await once(stderr, "end", { signal: AbortSignal.timeout(200) }).catch(() => {});
  }

  #keep(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-stderrKept);
  }

  #receive(message: FromKernel): void {
    if (this.#expected) return;
    if (message.type === "ready") this.#flush();
    this.#listener.message(message);
  }

  #flush(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const message of waiting) this.send(message);
  }

  #end(failure: Failure): void {
    if (this.#expected) return;
    this.#expected = true;
    this.#listener.died(failure);
  }
}

/** Half of the machine's memory, at most 8 GB: the rest is for the engine and the page. */
function heapMegabytes(): number {
  return Math.min(8192, Math.floor(totalmem() / 2 / 1024 ** 2));
}

function cannotStart(error: Error): Failure {
  return {
    kind: "internal",
    message: `the kernel process could not start: ${error.message}`,
    remedy: "restart percolate; if it stays so, reinstall it",
  };
}

/** Why a process ended, from what the system says and the last words it wrote. */
export function deathOf(status: number | null, signal: string | null, stderr: string): Failure {
  if (/heap out of memory|Array buffer allocation failed/.test(stderr)) return outOfMemory();
  const last = stderr.trim().split("\n").slice(-8).join("\n");
  const how = signal ? `was ended by ${signal}` : `ended with status ${status}`;
  const remedy =
    signal === "SIGKILL"
      ? "the system may have run out of memory; work on less data at once, then run a cell to start it again"
      : "run a cell to start it again; a cell that may be the cause waits until you run it";
  return { kind: "internal", message: `the kernel process ${how}`, remedy, ...(last ? { stack: last } : {}) };
}

function outOfMemory(): Failure {
  return {
    kind: "internal",
    message: `the kernel process ran out of memory (limit ${heapMegabytes()} MB)`,
    remedy: "work on less data at once, for example in SQL; then run a cell to start it again",
  };
}
