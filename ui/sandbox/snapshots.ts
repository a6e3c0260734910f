import type { Output } from "../../kernel/notebook/display/output.ts";

/** Ms without change before a cell is kept, and the longest that one that keeps changing is waited for. */
const quiet = 1000;
const patience = 10_000;
const mostBytes = 512 * 1024;

interface Waiting {
  readonly since: number;
  /** When it has been quiet for long enough. */
  readonly due: number;
}

/** Keeps what done cells show, once they have been quiet for a second. */
export class Snapshots {
  readonly #take: (cell: number) => readonly Output[] | undefined;
  readonly #send: (cell: number, outputs: readonly Output[]) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #done = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #observer = new MutationObserver((records) => this.#mutated(records));

  constructor(
    take: (cell: number) => readonly Output[] | undefined,
    send: (cell: number, outputs: readonly Output[]) => void,
  ) {
    this.#take = take;
    this.#send = send;
  }

  watch(column: HTMLElement): void {
    this.#observer.observe(column, { childList: true, subtree: true, characterData: true, attributes: true });
  }

  /** The cell's run is done: what it shows is worth keeping. */
  done(cell: number): void {
    this.#done.add(cell);
    this.#wait(cell);
  }

  /** The cell runs again, or is gone. */
  cancel(cell: number): void {
    this.#done.delete(cell);
    this.#waiting.delete(cell);
  }

  #mutated(records: readonly MutationRecord[]): void {
    for (const cell of new Set(records.map(cellOf))) if (this.#done.has(cell)) this.#wait(cell);
  }

  #wait(cell: number): void {
    const now = performance.now();
    const since = this.#waiting.get(cell)?.since ?? now;
    if (now - since > patience) return;
    this.#waiting.set(cell, { since, due: now + quiet });
    this.#timer ??= setTimeout(this.#sweep, quiet);
  }

  /** One timer for all cells: hundreds may be done at once. */
  readonly #sweep = (): void => {
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [cell, { due }] of this.#waiting) {
      if (due <= now) this.#keep(cell);
      else next = Math.min(next, due);
    }
    this.#timer = this.#waiting.size > 0 ? setTimeout(this.#sweep, next - now) : null;
  };

  #keep(cell: number): void {
    this.#waiting.delete(cell);
    const outputs = this.#take(cell);
    if (outputs) this.#send(cell, capped(outputs));
  }
}

function cellOf({ target }: MutationRecord): number {
  const element = target instanceof Element ? target : target.parentElement;
  return Number(element?.closest<HTMLElement>(".pc-cell")?.dataset.cell);
}

/** Outputs up to 512 kB; what is too large is replaced by a line that says so. */
export function capped(outputs: readonly Output[]): readonly Output[] {
  let left = mostBytes;
  return outputs.map((output) => {
    const bytes = sizeOf(output);
    left -= bytes;
    if (left >= 0) return output;
    left += bytes;
    const size = (bytes / 1024).toLocaleString("en-US", { maximumFractionDigits: 0 });
    return { type: "text", text: `An output of ${size} kB was too large to keep; run the cell to see it.` };
  });
}

function sizeOf(output: Output): number {
  if (output.type === "html") return output.html.length;
  if (output.type === "text") return output.text.length;
  return output.type === "table" ? output.table.head.byteLength : JSON.stringify(output.value).length;
}
