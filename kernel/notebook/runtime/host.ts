import type { Place } from "../document/notebook.ts";
import type { RunCell } from "../document/run-cell.ts";
import type { Failure } from "../errors.ts";
import type { BridgeMessage, CellEvent } from "../protocol.ts";

/** One run of one cell. */
export interface CellRun {
  readonly cell: RunCell;
  /** Counts the runs of this cell, from 1. */
  readonly number: number;
  /** Fires when the run is superseded, stopped or its cell deleted. */
  readonly signal: AbortSignal;
}

/** The results of cells that run once, wherever they are kept. */
export interface KeptResults {
  /**
   * The values that a cell exported when its inputs had this hash, and when (ms since 1970); null if they are not kept.
   * What it displayed then is shown again.
   */
  recall(
    run: CellRun,
    inputs: string,
  ): Promise<{ readonly at: number; readonly values: Readonly<Record<string, unknown>> } | null>;
  /** Keeps what a cell exports and shows now. @throws UserError where it cannot be kept */
  remember(run: CellRun, inputs: string, values: Readonly<Record<string, unknown>>): Promise<void>;
}

/** What a place gives to the runtime: the names that cells may use, and ears for what happens. */
export interface PlaceHost {
  /** "all" headless: every cell runs here and nothing crosses. */
  readonly place: Place | "all";
  /** Value (or promise of it) of a name that no cell defines; undefined if there is no such name. Kept once asked for. */
  builtin(name: string): unknown;
  /** The names that `begin` gives; `invalidation` is the runtime's own. */
  readonly locals: ReadonlySet<string>;
  /**
   * Called as a run starts. Gives the names that belong to this run: `display`, `view`, `console`, `sql` …
   * What the cell showed before stays until the new run first displays or ends.
   * @param uses the free names of the cell's code: what is none of them need not be made
   */
  begin(run: CellRun, uses: readonly string[]): Readonly<Record<string, unknown>>;
  /** The run ended; on failure nothing that it displayed is lost. A run that was superseded ends with "superseded". */
  end(run: CellRun, how: "done" | "superseded" | Failure): void;
  /** The cell left the program of this place (deleted, or now runs in the other place). */
  remove(cell: number): void;
  emit(event: CellEvent): void;
  /** Without it, cells that run once run as the others. */
  readonly results?: KeptResults;
  /** To the other place. Never called when `place` is "all". */
  send(message: BridgeMessage): void;
}
