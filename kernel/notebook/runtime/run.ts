import type { RunCell } from "../document/run-cell.ts";
import { UserError } from "../errors.ts";
import type { CellRun } from "./host.ts";

/** Made once: the reason matters to nobody but code that looks at it, and a stack costs more than a cell. */
const superseded = new UserError({ kind: "stopped", message: "the cell was run again, changed or deleted" });

/** One run of a cell. Its signal and its `invalidation` are made when asked for: most cells use neither. */
export class Run implements CellRun {
  readonly cell: RunCell;
  readonly number: number;
  #over = false;
  #controller: AbortController | null = null;
  #invalidation: Promise<void> | null = null;
  #invalidate: (() => void) | null = null;

  constructor(cell: RunCell, number: number) {
    this.cell = cell;
    this.number = number;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#over) this.#controller.abort(superseded);
    }
    return this.#controller.signal;
  }

  /** Fulfilled when the run is over. */
  get invalidation(): Promise<void> {
    this.#invalidation ??= this.#over
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.#invalidate = resolve;
        });
    return this.#invalidation;
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#invalidate?.();
    this.#controller?.abort(superseded);
  }
}
