import type { Output } from "../notebook/display/output.ts";
import { shownAfter } from "../notebook/display/shown-after.ts";
import type { CellEvent, OutputsEvent } from "../notebook/protocol.ts";

const linesKept = 500;

type Status = Extract<CellEvent, { type: "status" }>;
type Progress = Extract<CellEvent, { type: "progress" }>;
type Line = Extract<CellEvent, { type: "console" }>;

/** What kernel cells show now, for tabs that come (back) later. */
export class KernelView {
  readonly #statuses = new Map<number, Status>();
  readonly #running = new Set<number>();
  readonly #outputs = new Map<number, OutputsEvent>();
  /** Of running cells, by cell and bar. */
  readonly #progress = new Map<number, Map<number, Progress>>();
  #console: Line[] = [];

  record(event: CellEvent): void {
    if (event.type === "status") this.#status(event);
    else if (event.type === "outputs") this.#show(event);
    else if (event.type === "progress") this.#advance(event);
    else this.#line(event);
  }

  /** Enough to show what was shown, in order: outputs, then statuses, progress, and the console. */
  events(): CellEvent[] {
    const bars = [...this.#progress.values()].flatMap((ofCell) => [...ofCell.values()]);
    return [
      ...this.#outputs.values(),
      ...this.#statuses.values(),
      ...bars,
      ...this.#console.slice(-linesKept),
    ];
  }

  /** All that a cell shows. */
  outputs(cell: number): readonly Output[] {
    return this.#outputs.get(cell)?.outputs ?? [];
  }

  /** Cells that run, in the order in which they began. */
  running(): number[] {
    return [...this.#running];
  }

  /** Nothing has run: statuses and outputs are void. What was printed stays. */
  reset(): void {
    this.#statuses.clear();
    this.#running.clear();
    this.#outputs.clear();
    this.#progress.clear();
  }

  /** Forgets cells that do not run here any more. */
  keepOnly(cells: ReadonlySet<number>): void {
    for (const seen of [this.#statuses, this.#running, this.#outputs, this.#progress])
      for (const cell of seen.keys()) if (!cells.has(cell)) seen.delete(cell);
    this.#console = this.#console.filter((line) => line.cell === null || cells.has(line.cell));
  }

  #show({ type, cell, ...change }: OutputsEvent): void {
    this.#outputs.set(cell, { type, cell, outputs: shownAfter(this.outputs(cell), change) });
  }

  #status(event: Status): void {
    this.#running.delete(event.cell);
    if (event.status === "running") {
      this.#running.add(event.cell);
      this.#statuses.delete(event.cell);
    }
    this.#statuses.set(event.cell, event);
    this.#progress.delete(event.cell);
  }

  #advance(event: Progress): void {
    const bars = this.#progress.get(event.cell) ?? new Map<number, Progress>();
    this.#progress.set(event.cell, bars);
    if (event.over) bars.delete(event.bar);
    else bars.set(event.bar, event);
  }

  #line(event: Line): void {
    this.#console.push(event);
    if (this.#console.length > 2 * linesKept) this.#console = this.#console.slice(-linesKept);
  }
}
