import { existsSync } from "node:fs";
import { type KernelLaunch, KernelProcess, type KernelSpec } from "./kernel-process.ts";

/** A new spare is forked this long (ms) after a kernel was taken: a notebook that starts wants the machine for itself. */
const restMs = 1500;

/**
 * Keeps one kernel process at hand that has loaded everything but a notebook, so that a notebook's first kernel cell
 * need not wait for that. It ends with the server: when that is killed, the process notices that its channel is gone.
 */
export class KernelSpare {
  readonly #launch: () => KernelLaunch;
  readonly #keeps: boolean;
  #spare: KernelProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param keeps false: no process is kept, `take` starts one each time. */
  constructor(launch: () => KernelLaunch, keeps: boolean) {
    this.#launch = launch;
    this.#keeps = keeps;
  }

  /** Of the spare, if there is one. */
  get pid(): number | undefined {
    return this.#spare?.pid;
  }

  /** A process without a notebook: the spare if it will do, or a new one. */
  readonly take = (spec: KernelSpec): KernelProcess => {
    const spare = this.#spare;
    this.#spare = null;
    this.#later();
    return spare?.alive ? spare : new KernelProcess(spec);
  };

  /** Forks a spare now, unless there is one. */
  fill(): void {
    if (!this.#keeps || this.#closed || this.#spare?.alive) return;
    const launch = this.#launch();
    if (existsSync(launch.script)) this.#spare = new KernelProcess(launch);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#spare?.close();
  }

  #later(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.fill(), restMs).unref();
  }
}
