import type { Cell } from "../../kernel/notebook/document/notebook.ts";
import type { CellEvent } from "../../kernel/notebook/protocol.ts";
import type { CellRun } from "../../kernel/notebook/runtime/host.ts";

/** A run that took no longer (ms) is over before anybody could stop it. */
const quickMs = 4;

/**
 * Tells statuses several at a time: a message for each costs more than a small cell takes to run. What begins is told at
 * once, before the cell has the thread, unless the same code was quick the last time: a cell that never lets go is then
 * the last one that was said to run.
 */
export class EventBuffer {
  readonly #send: (events: readonly CellEvent[]) => void;
  readonly #quick = new WeakSet<Cell>();
  readonly #began = new WeakMap<CellRun, number>();
  #waiting: CellEvent[] = [];

  constructor(send: (events: readonly CellEvent[]) => void) {
    this.#send = send;
  }

  readonly emit = (event: CellEvent): void => {
    if (this.#waiting.push(event) === 1) queueMicrotask(this.flush);
    if (event.type !== "status") this.flush();
  };

  /** A cell's code is about to run. */
  begin(run: CellRun): void {
    this.#began.set(run, performance.now());
    if (!this.#quick.has(run.cell)) this.flush();
  }

  end(run: CellRun): void {
    const took = performance.now() - (this.#began.get(run) ?? Number.NEGATIVE_INFINITY);
    if (took < quickMs) this.#quick.add(run.cell);
    else this.#quick.delete(run.cell);
  }

  readonly flush = (): void => {
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0) this.#send(events);
  };
}
