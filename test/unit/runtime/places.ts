import { type Cell, type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { BridgeMessage, CellStatus, ProgramChange } from "../../../kernel/notebook/protocol.ts";
import type { CellRun, PlaceHost } from "../../../kernel/notebook/runtime/host.ts";
import { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";

/** A host that remembers what happened, for one place. */
export class TestHost implements PlaceHost {
  readonly locals = new Set(["display", "view", "push"]);
  readonly displayed = new Map<number, unknown[]>();
  readonly statuses = new Map<number, CellStatus>();
  readonly notes = new Map<number, string | undefined>();
  readonly keptAt = new Map<number, number | undefined>();
  readonly failures = new Map<number, Failure | undefined>();
  /** What was told of cells, one after the other. */
  readonly told: (readonly [cell: number, status: CellStatus])[] = [];
  /** Ids of cells in the order in which their bodies began. */
  readonly begun: number[] = [];
  readonly runs = new Map<number, CellRun>();
  readonly sent: BridgeMessage[] = [];
  onSend: (message: BridgeMessage) => void = () => {};
  readonly place: "browser" | "kernel" | "all";
  readonly builtins: Record<string, unknown>;

  constructor(place: "browser" | "kernel" | "all", builtins: Record<string, unknown> = {}) {
    this.place = place;
    this.builtins = builtins;
  }

  builtin(name: string): unknown {
    return this.builtins[name] ?? (globalThis as Record<string, unknown>)[name];
  }

  begin(run: CellRun) {
    const { cell } = run;
    const shown: unknown[] = [];
    this.begun.push(cell.id);
    this.runs.set(cell.id, run);
    this.displayed.set(cell.id, shown);
    return { display: (value: unknown) => shown.push(value) && value };
  }

  end(): void {}

  remove(cell: number): void {
    this.displayed.delete(cell);
    this.statuses.delete(cell);
  }

  emit(event: Parameters<PlaceHost["emit"]>[0]): void {
    if (event.type !== "status") return;
    this.statuses.set(event.cell, event.status);
    this.told.push([event.cell, event.status]);
    this.failures.set(event.cell, event.failure);
    this.notes.set(event.cell, event.note);
    this.keptAt.set(event.cell, event.keptAt);
  }

  send(message: BridgeMessage): void {
    this.sent.push(message);
    this.onSend(message);
  }
}

/** A notebook that runs, with a way to change it. */
export class TestNotebook {
  readonly #cells = new Map<number, Cell>();
  #version = 0;

  /** Adds or replaces cells (source by id, or whole cells), or deletes them (null). */
  change(
    cells: Readonly<Record<number, string | CellSpec | null>>,
    rerun: readonly number[] = [],
  ): ProgramChange {
    const changed: Cell[] = [];
    for (const [key, spec] of Object.entries(cells)) {
      const id = Number(key);
      if (spec === null) this.#cells.delete(id);
      else {
        const cell = toCell(typeof spec === "string" ? { id, source: spec } : spec);
        this.#cells.set(id, cell);
        changed.push(cell);
      }
    }
    return { version: ++this.#version, order: [...this.#cells.keys()], cells: changed, rerun };
  }
}

export function single(builtins?: Record<string, unknown>) {
  const host = new TestHost("all", builtins);
  const runtime = new PlaceRuntime(host);
  const notebook = new TestNotebook();
  const run = async (
    cells: Readonly<Record<number, string | CellSpec | null>>,
    rerun?: readonly number[],
  ) => {
    runtime.apply(notebook.change(cells, rerun));
    await runtime.settled();
  };
  return { host, runtime, run, notebook };
}

/** Resolves after the microtasks and timers that are due now. */
export function turn(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
