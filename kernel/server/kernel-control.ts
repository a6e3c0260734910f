import type { Failure } from "../notebook/errors.ts";
import type {
  Answer,
  CellEvent,
  CellRequest,
  FromKernel,
  HeldPart,
  KernelCondition,
  KernelState,
  ProgramChange,
  ToKernel,
} from "../notebook/protocol.ts";
import { ConsoleFlow } from "../session/console-flow.ts";
import type { RemotePart } from "./capabilities.ts";
import { KernelProcess, type KernelSpec } from "./kernel-process.ts";
import { KernelView } from "./kernel-view.ts";

/** Time that an interrupted kernel has to answer before it is replaced. */
const interruptMs = 2000;

/** A process that dies again within this time (ms) has not died of the cell that was suspected. */
const restMs = 60_000;

/** Costs nothing to answer, and shows that the kernel is not stuck. */
const pulse: CellRequest = { type: "rows", table: "", offset: 0, limit: 0 };

const closedFailure: Failure = { kind: "stopped", message: "the kernel was stopped" };

/** Where the process of a notebook comes from. */
export type Launcher = (spec: KernelSpec) => KernelProcess;

export interface KernelHooks {
  /** The whole program, for a process that starts. */
  program(): ProgramChange;
  state(condition: KernelCondition): void;
  /** Events, bridge messages, and word that the catalog was written. */
  message(message: Exclude<FromKernel, { type: "answer" | "ready" }>): void;
}

/** The kernel of one notebook over the lives of its processes: starts, interrupts, restarts, and tells of its death. */
export class KernelControl {
  readonly view = new KernelView();
  readonly #spec: () => KernelSpec;
  readonly #hooks: KernelHooks;
  readonly #launch: Launcher;
  /** Cells that wait to be run by hand: they may be why their process was ended. */
  readonly #held = new Set<number>();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #process: KernelProcess | null = null;
  #condition: KernelCondition = { state: "stopped" };
  /** The main thread does not answer. */
  #stuck = false;
  #requests = 0;
  #died = Number.NEGATIVE_INFINITY;
  #closed = false;
  #onEvent: (() => void) | null = null;
  readonly #flow = new ConsoleFlow((event) => this.#event(event));

  constructor(spec: () => KernelSpec, hooks: KernelHooks, launch: Launcher = (it) => new KernelProcess(it)) {
    this.#spec = spec;
    this.#hooks = hooks;
    this.#launch = launch;
  }

  get state(): KernelState {
    return this.#condition.state;
  }

  get condition(): KernelCondition {
    return this.#condition;
  }

  /** Whether something runs, or an answer is owed. */
  get busy(): boolean {
    return this.#stuck || this.#answers.size > 0 || this.view.running().length > 0;
  }

  /** Of the process, if there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Whether anything was asked of it, or came of it. */
  get used(): boolean {
    return this.#requests > 0 || this.view.events().length > 0;
  }

  /** Starts a process with the whole program, unless there is one. */
  start(): void {
    if (this.#process || this.#closed) return;
    this.#setState({ state: "starting" });
    const spec = this.#spec();
    const kernel = this.#launch(spec);
    this.#process = kernel;
    this.#stuck = false;
    kernel.begin(spec.notebook, {
      message: (message) => this.#receive(message),
      stuck: (stuck) => this.#notice(stuck),
      wrote: (text, level) => this.#wrote(text, level),
      died: (why) => this.#dead(why(this.view.running())),
    });
    if (this.#held.size > 0) kernel.send({ type: "hold", cells: [...this.#held] });
    kernel.send({ type: "program", change: this.#hooks.program() });
  }

  /** Passes a change on. Cells to run again are not held any longer. */
  apply(change: ProgramChange): void {
    for (const cell of change.rerun) this.#held.delete(cell);
    this.send({ type: "program", change });
  }

  /** To the process, if there is one. */
  send(message: ToKernel): void {
    this.#process?.send(message);
  }

  /** A part that the present process holds: its successor knows nothing of it. */
  part({ held, bytes }: HeldPart): RemotePart {
    const kernel = this.#process;
    return { bytes, serve: (head, socket) => kernel?.serve(held, head, socket) ?? false };
  }

  /** Asks the process, which is started if there is none. It is told when `signal` fires, and then answers soon. */
  request(request: CellRequest, signal?: AbortSignal): Promise<Answer> {
    if (this.#closed) return Promise.resolve({ failure: closedFailure });
    this.start();
    const id = ++this.#requests;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.send({ type: "request", id, request });
      signal?.addEventListener("abort", () => this.send({ type: "cancel", id }), { once: true });
    });
  }

  /**
   * Stops what runs. A process that does not answer in time is replaced: what ran is held, the other cells run
   * again.
   */
  async interrupt(): Promise<void> {
    const kernel = this.#process;
    if (!kernel?.ready) return;
    const running = this.view.running();
    kernel.interrupt();
    const settled = Promise.all([this.#settled(running), this.request(pulse)]);
    if ((await withinTime(settled)) || this.#process !== kernel) return;
    await this.#replace(this.view.running());
  }

  /** Throws the process away and starts a new one, in which all cells run. */
  async restart(): Promise<void> {
    this.#held.clear();
    await this.#replace([]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const kernel = this.#process;
    this.#process = null;
    this.#refuseAll(closedFailure);
    await kernel?.close();
  }

  /** Ends the process for want of use. What its cells show counts as kept; they run again when it starts again. */
  async sleep(idleMinutes: number): Promise<void> {
    const kernel = this.#process;
    if (!kernel) return;
    this.#process = null;
    this.view.reset();
    this.#setState({ state: "asleep", idleMinutes });
    await kernel.close();
  }

  async #replace(hold: readonly number[]): Promise<void> {
    const kernel = this.#process;
    this.#process = null;
    for (const cell of hold) this.#held.add(cell);
    const failure: Failure = { kind: "stopped", message: "stopped", remedy: "run the cell again to go on" };
    this.#refuseAll(failure);
    this.#markRunning("stopped", failure);
    await kernel?.kill();
    this.start();
  }

  #receive(message: FromKernel): void {
    if (message.type === "ready") return this.#ready();
    if (message.type === "answer") return this.#answer(message.id, message.answer);
    if (message.type === "event") return this.#event(message.event);
    this.#hooks.message(message);
  }

  #event(event: CellEvent): void {
    this.view.record(event);
    this.#hooks.message({ type: "event", event });
    this.#onEvent?.();
    if (event.type === "status") this.#ready();
  }

  #ready(): void {
    if (this.#process)
      this.#setState({ state: this.#stuck || this.view.running().length > 0 ? "busy" : "ready" });
  }

  /** A loop outside of any cell's run (in a timer, say) must be seen, so that it can be stopped. */
  #notice(stuck: boolean): void {
    this.#stuck = stuck;
    this.#ready();
  }

  #wrote(text: string, level: "log" | "warn"): void {
    const running = this.view.running();
    const cell = running.length === 1 ? (running[0] ?? null) : null;
    this.#flow.emit({ type: "console", cell, level, text: text.replace(/\n$/, "") });
  }

  #dead(failure: Failure): void {
    this.#process = null;
    for (const cell of this.#suspects()) this.#held.add(cell);
    this.#refuseAll(failure);
    this.#markRunning("failed", failure);
    this.#setState({ state: "dead", failure });
  }

  /** The cell that began last; all that ran, if the process died not long before as well. */
  #suspects(): number[] {
    const running = this.view.running();
    const again = performance.now() - this.#died < restMs;
    this.#died = performance.now();
    return again ? running : running.slice(-1);
  }

  #markRunning(status: "stopped" | "failed", failure: Failure): void {
    for (const cell of this.view.running()) {
      const event: CellEvent = { type: "status", cell, status, failure: { ...failure, cells: [cell] } };
      this.view.record(event);
      this.#hooks.message({ type: "event", event });
    }
    this.#onEvent?.();
  }

  #setState(condition: KernelCondition): void {
    if (condition.state === this.state) return;
    this.#condition = condition;
    this.#hooks.state(condition);
  }

  #answer(id: number, answer: Answer): void {
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }

  #refuseAll(failure: Failure): void {
    for (const id of [...this.#answers.keys()]) this.#answer(id, { failure });
  }

  #settled(cells: readonly number[]): Promise<void> {
    const done = () => !this.view.running().some((cell) => cells.includes(cell));
    if (done()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onEvent = () => {
        if (!done()) return;
        this.#onEvent = null;
        resolve();
      };
    });
  }
}

async function withinTime(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), interruptMs);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
