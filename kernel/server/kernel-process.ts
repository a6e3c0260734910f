import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Failure } from "../notebook/errors.ts";
import type { FromKernel, ToKernel } from "../notebook/protocol.ts";
import { cannotStart, deathOf } from "./kernel-death.ts";
import { defaultMemory, engineMemory, heapMemory } from "./kernel-limits.ts";
import { LineReader } from "./kernel-lines.ts";

/** What a kernel process needs to know before it has a notebook. */
export interface KernelLaunch {
  /** The program of the kernel process, dist/kernel/process.js. */
  readonly script: string;
  /** Absolute path. */
  readonly workspace: string;
  /** MB that the process may take. */
  readonly memory?: number | undefined;
}

export interface KernelSpec extends KernelLaunch {
  /** Absolute path. */
  readonly notebook: string;
}

/** Why a process ended, given the cells that ran then. */
type Why = (running: readonly number[]) => Failure;

export interface KernelListener {
  message(message: FromKernel): void;
  /** The main thread has ceased to answer, or answers again. */
  stuck(stuck: boolean): void;
  /** Text that the process, or one that it started, wrote on its own. */
  wrote(text: string, level: "log" | "warn"): void;
  /** The process is gone, and nobody asked for it. */
  died(why: Why): void;
}

/** What the watchdog thread tells (see session/watchdog.ts), one JSON line each. */
export type FromWatchdogPipe =
  | { readonly type: "stuck"; readonly stuck: boolean }
  /** Resident bytes: `over` the limit, or near it. */
  | { readonly type: "memory"; readonly bytes: number; readonly over: boolean };

/** Time for a kernel to end by itself once asked to. */
const patienceMs = 1000;
const stderrKept = 4096;

/** One Node process that runs a notebook's kernel cells. Messages wait until it is ready. */
export class KernelProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #memory: number;
  #listener: KernelListener | null = null;
  #waiting: ToKernel[] | null = [];
  #stderr = "";
  #expected = false;
  /** It is being ended for passing its memory limit. */
  #over = false;

  constructor(launch: KernelLaunch) {
    this.#memory = launch.memory ?? defaultMemory();
    this.#child = fork(launch.script, [launch.workspace, String(this.#memory)], {
      execArgv: ["--no-force-async-hooks-checks", `--max-old-space-size=${heapMemory(this.#memory)}`],
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
      cwd: launch.workspace,
      env: { PERCOLATE_MEMORY: `${engineMemory(this.#memory)}MiB`, ...process.env },
    });
    this.#ended = new Promise((resolve) => this.#watch(resolve));
  }

  /** Gives it the notebook that it runs from now on. */
  begin(notebook: string, listener: KernelListener): void {
    this.#listener = listener;
    this.send({ type: "begin", notebook });
  }

  /** Whether it has been loaded, and reads messages. */
  get ready(): boolean {
    return this.#waiting === null;
  }

  /** Whether it can still be given work. */
  get alive(): boolean {
    return !this.#expected && this.#child.connected;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: ToKernel): void {
    if (this.#waiting) this.#waiting.push(message);
    else if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** Hands a connection over, to be answered with a part that the process holds. False: it cannot be. */
  serve(part: number, head: string, socket: Socket): boolean {
    if (!this.alive || !this.ready) return false;
    this.#child.send({ type: "serve", part, head } satisfies ToKernel, socket, {}, () => {});
    return true;
  }

  /** Asks the watchdog thread of the process to end what runs there, even an endless loop. */
  interrupt(): void {
    this.#pipe?.write("i");
  }

  get #pipe(): Duplex | null | undefined {
    return this.#child.stdio[4] as Duplex | null | undefined;
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
    child.stdout?.setEncoding("utf8").on("data", (text) => this.#listener?.wrote(text, "log"));
    child.stderr?.setEncoding("utf8").on("data", (text) => this.#complain(text));
    child.stdio[4]?.on("error", () => {});
    const lines = new LineReader((line) => this.#hearWatchdog(JSON.parse(line) as FromWatchdogPipe));
    child.stdio[4]?.on("data", (bytes: Buffer) => lines.read(bytes));
    child.once("error", (error) => {
      ended();
      this.#end(() => cannotStart(error));
    });
    child.once("exit", async (status, signal) => {
      ended();
      await this.#lastWords();
      const death = { status, signal, stderr: this.#stderr, limit: this.#memory, over: this.#over };
      this.#end((running) => deathOf(death, running));
    });
  }

  /** What it wrote last may still be on its way; a process it started may hold the pipe open for long. */
  async #lastWords(): Promise<void> {
    const { stderr } = this.#child;
    if (stderr && !stderr.readableEnded)
      await once(stderr, "end", { signal: AbortSignal.timeout(200) }).catch(() => {});
  }

  #complain(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-stderrKept);
    // V8's account of its own end is told as the reason of the death.
    if (!/<--- Last few GCs|FATAL ERROR|----- Native stack trace/.test(this.#stderr))
      this.#listener?.wrote(text, "warn");
  }

  #hearWatchdog(message: FromWatchdogPipe): void {
    if (this.#expected) return;
    if (message.type === "stuck") return this.#listener?.stuck(message.stuck);
    if (!message.over) return this.#nearLimit(message.bytes);
    this.#over = true;
    this.#child.kill("SIGKILL");
  }

  #nearLimit(bytes: number): void {
    const used = Math.round(bytes / 2 ** 20).toLocaleString("en");
    const limit = this.#memory.toLocaleString("en");
    this.#listener?.wrote(
      `The kernel process uses ${used} of the ${limit} MB that it may; at the limit it is ended.\n`,
      "warn",
    );
  }

  #receive(message: FromKernel): void {
    if (this.#expected) return;
    if (message.type === "ready") this.#flush();
    this.#listener?.message(message);
  }

  #flush(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const message of waiting) this.send(message);
  }

  #end(why: Why): void {
    if (this.#expected) return;
    this.#expected = true;
    this.#listener?.died(why);
  }
}
