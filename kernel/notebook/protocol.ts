/**
 * Every message between shell, sandbox, server and kernel process. Binary parts are Uint8Array: MessagePort and
 * Node IPC carry them as they are; the WebSocket frames them (bridge/frame.ts).
 *
 *   sandbox ⇄ shell     MessagePort     FromSandbox / ToSandbox
 *   shell   ⇄ server    WebSocket       FromShell / ToShell
 *   server  ⇄ kernel    Node IPC        FromKernel / ToKernel
 */

import type { Output } from "./display/output.ts";
import type { Cell, Notebook } from "./document/notebook.ts";
import type { Operation } from "./document/operations.ts";
import type { RunCell } from "./document/run-cell.ts";
import type { Failure } from "./errors.ts";
import type { ExploreAsk, FileType } from "./explore/requests.ts";
import type { Span } from "./explore/source.ts";
import type { LanguageRequest, Problem } from "./language.ts";

export const protocolVersion = 1;

// ---- The program: what the places run ---------------------------------------------------------------------

/** The cells as last run (not as last typed). A change names the cells that differ; `order` names all that are left. */
export interface ProgramChange {
  /** Rises by one with each change; both places apply the same sequence. */
  readonly version: number;
  readonly order: readonly number[];
  readonly cells: readonly RunCell[];
  /** Cells to run again even when nothing about them changed. */
  readonly rerun: readonly number[];
  /** Cells whose modules changed: they run again as if an input had changed, so that their policy is heeded. */
  readonly touched?: readonly number[];
  /** Whether cells wait to be run by hand: the notebook's policy. Absent means no. */
  readonly lazy?: boolean;
}

// ---- What a place tells about its cells -------------------------------------------------------------------

/**
 * `waiting`: an input is not there yet. `stopped`: interrupted by the user, or policy `off`. `stale`: would give another
 * result if run, and waits to be run by hand, or rests on a cell that does.
 */
export type CellStatus = "waiting" | "running" | "done" | "failed" | "stopped" | "stale";

export type CellEvent =
  | {
      readonly type: "status";
      readonly cell: number;
      readonly status: CellStatus;
      readonly ms?: number;
      readonly failure?: Failure;
      /** A short sentence: why the cell is stale, or why its result is not kept. */
      readonly note?: string;
      /** It did not run: what stands there is the result that was kept then (ms since 1970). */
      readonly keptAt?: number;
    }
  /**
   * All that the cell shows now, replacing what it showed, but for the first `from` outputs (0 if left out), which
   * stay. Only for cells whose DOM is not the sandbox's own.
   */
  | OutputsEvent
  | {
      readonly type: "console";
      readonly cell: number | null;
      readonly level: "log" | "info" | "warn" | "error";
      readonly text: string;
    }
  /** How far a `progress(…)` of a cell's run has come; each counts as a bar of its own, from 1. */
  | {
      readonly type: "progress";
      readonly cell: number;
      readonly bar: number;
      readonly label: string;
      /** Items gone through, and how many there are if that is known. */
      readonly done: number;
      readonly total: number | null;
      /** Items a second. */
      readonly rate: number;
      /** Seconds left. */
      readonly left: number | null;
      readonly over: boolean;
    };

export interface OutputsEvent {
  readonly type: "outputs";
  readonly cell: number;
  readonly outputs: readonly Output[];
  readonly from?: number;
}

// ---- The bridge: names that cross from one place to the other ----------------------------------------------

/** Versions of crossing names, by name. A version rises each time its name's value is about to change. */
export type Basis = Readonly<Record<string, number>>;

/** A value on its way: tagged JSON and the binary parts it refers to (bridge/codec.ts). */
export interface Encoded {
  readonly json: unknown;
  /** Binary parts; one held back as too large is replaced by what it can be had for. */
  readonly parts: readonly (Uint8Array | FetchablePart | HeldPart)[];
}

/** On its way to the sandbox: where to fetch it. */
export interface FetchablePart {
  readonly url: string;
  readonly bytes: number;
}

/** On its way from kernel process to server: its number there. */
export interface HeldPart {
  readonly held: number;
  readonly bytes: number;
}

/** `old`: the cell has a value, of other inputs than the present ones. `none`: it has no value. */
export type Staleness = "old" | "none";

export type BridgeMessage =
  /** The values of these names are about to change: whoever uses them waits for (at least) these versions. */
  | { readonly type: "pending"; readonly versions: Basis }
  /** The value of a name at a version, and the versions of the crossing names it was made from. */
  | {
      readonly type: "value";
      readonly name: string;
      readonly version: number;
      readonly basis: Basis;
      /** Version of the program it was computed under. */
      readonly program: number;
      readonly value: Encoded;
    }
  | {
      readonly type: "failed";
      readonly name: string;
      readonly version: number;
      readonly basis: Basis;
      readonly program: number;
      readonly failure: Failure;
    }
  /** The value that was sent last stands, made from newer inputs that came out as they were. */
  | {
      readonly type: "same";
      readonly name: string;
      readonly version: number;
      readonly basis: Basis;
      readonly program: number;
    }
  /** All cells of a place that are stale of themselves; those beyond the border that depend on them are stale too. */
  | { readonly type: "stale"; readonly cells: Readonly<Record<number, Staleness>> }
  /**
   * A place has nothing of the other's: that one sends the values of all that crosses. `fresh`: it is new, and what
   * it told before is void (a follower, which feeds nobody, is not).
   */
  | { readonly type: "hello"; readonly fresh: boolean };

// ---- Requests of cells, answered by the kernel process ------------------------------------------------------

export type CellRequest =
  | {
      readonly type: "query";
      readonly sql: string;
      readonly params: Encoded;
      readonly database: string | null;
    }
  /** Rows of a shown table as they are; of `columns` from one up to another, or of all. */
  | {
      readonly type: "rows";
      readonly table: string;
      readonly offset: number;
      readonly limit: number;
      readonly columns?: Span;
    }
  /** Something about a shown table, or about a shown value that is one. */
  | { readonly type: "explore"; readonly table: string; readonly ask: ExploreAsk }
  /** A file of columns that are not in the kernel: FileColumn[]. */
  | { readonly type: "table-file"; readonly as: FileType; readonly columns: Encoded }
  /** More of a value that a kernel cell shows; `path` has the positions of entries from that value on. */
  | {
      readonly type: "entries" | "text";
      readonly value: string;
      readonly path: readonly number[];
      readonly from: number;
      readonly count: number;
    }
  | { readonly type: "tables" }
  | { readonly type: "file"; readonly path: string }
  /** The rows of a Parquet file beside the notebook. */
  | { readonly type: "parquet"; readonly path: string }
  /** `from`: the importing file, relative to the workspace; null for a cell. `as`: the import attribute `type`. */
  | {
      readonly type: "module";
      readonly specifier: string;
      readonly as: string | null;
      readonly from: string | null;
    }
  /** What a cell with policy `once` gave when its inputs had this hash; and that it gave this now. */
  | { readonly type: "recall"; readonly cell: number; readonly inputs: string }
  | { readonly type: "remember"; readonly cell: number; readonly inputs: string; readonly result: Encoded };

/** Where a page finds a module. `common`: its default export is all of a CommonJS module. `own`: in its library. */
export type PageModule =
  | { readonly kind: "module" | "common"; readonly url: string }
  | { readonly kind: "own"; readonly name: string };

/**
 * `query`, `rows` and `parquet` answer `{arrow: bytes}`, `tables` answers TableInfo[], `file` answers
 * `{url, name, bytes, modified}`, `module` a PageModule, `entries` DescribedEntries, `text` a string, `explore` an
 * ExploreAnswer, `table-file` bytes, `recall` null or
 * `{at, result: {values, outputs}}`, `remember` whether it is kept.
 */
export type Answer = { readonly ok: Encoded } | { readonly failure: Failure };

export interface TableInfo {
  readonly database: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rowCount: number | null;
  readonly bytes: number;
}

// ---- sandbox ⇄ shell ---------------------------------------------------------------------------------------

export type ToSandbox =
  | { readonly type: "program"; readonly change: ProgramChange }
  | { readonly type: "bridge"; readonly message: BridgeMessage }
  /** Outputs of kernel cells, and kept outputs of cells that have not run yet. */
  | {
      readonly type: "outputs";
      readonly cell: number;
      readonly outputs: readonly Output[];
      readonly kept: boolean;
      /** The first outputs that stay as they are; 0 if left out. */
      readonly from?: number;
    }
  /** Where each cell's output goes, in px of the column, and the column's width. Cells left out are hidden. */
  | {
      readonly type: "layout";
      readonly tops: Readonly<Record<number, number>>;
      readonly left: number;
      readonly width: number;
    }
  /** A text cell as it is being written: drawn in the place of its output until it runs. */
  | { readonly type: "preview"; readonly cell: Pick<Cell, "id" | "mode" | "source"> }
  /** Room (px) to hold for cells whose outputs are still to come. */
  | { readonly type: "reserve"; readonly heights: Readonly<Record<number, number>> }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answer }
  | { readonly type: "theme"; readonly theme: "light" | "dark" }
  /** URL of the notebook among its modules: `import.meta.url`. */
  | { readonly type: "address"; readonly url: string }
  /** Whether this sandbox feeds the kernel (one tab of each notebook does) or only follows it. True until told. */
  | { readonly type: "primary"; readonly primary: boolean }
  /** Values that inputs had before the sandbox was replaced: cell → one value per view of the cell. */
  | { readonly type: "inputs"; readonly values: Readonly<Record<number, readonly unknown[]>> }
  /** Ends the present runs of these cells; a sandbox that is stuck in one of them never reads it. */
  | { readonly type: "stop"; readonly cells: readonly number[] }
  /** Cells that must not run until they are run by hand (the one that was stopped). */
  | { readonly type: "hold"; readonly cells: readonly number[] }
  /** The focus comes to a cell's output, from above or below. */
  | { readonly type: "enter"; readonly cell: number; readonly from: "start" | "end" }
  /** To be answered at once, by a sandbox that is not stuck. */
  | { readonly type: "ping" };

export type FromSandbox =
  | { readonly type: "ready"; readonly protocol: number }
  | { readonly type: "events"; readonly events: readonly CellEvent[] }
  | { readonly type: "bridge"; readonly message: BridgeMessage }
  | { readonly type: "heights"; readonly heights: Readonly<Record<number, number>> }
  | { readonly type: "request"; readonly id: number; readonly request: CellRequest }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "inputs"; readonly cell: number; readonly values: readonly unknown[] }
  /** What a browser cell shows, to be kept: outerHTML or plain outputs. */
  | { readonly type: "snapshot"; readonly cell: number; readonly outputs: readonly Output[] }
  /** The user clicked or focused an output. */
  | { readonly type: "focus"; readonly cell: number }
  /** A key that no output used; `cell` whose output has the focus. */
  | {
      readonly type: "key";
      readonly cell: number | null;
      readonly key: string;
      readonly code: string;
      readonly ctrlKey: boolean;
      readonly metaKey: boolean;
      readonly altKey: boolean;
      readonly shiftKey: boolean;
    }
  /** The focus goes from a cell's output on to what comes after it, or before. */
  | { readonly type: "leave"; readonly cell: number; readonly direction: 1 | -1 }
  | { readonly type: "pong" };

// ---- shell ⇄ server ----------------------------------------------------------------------------------------

/** What a cell showed, and when (ms since 1970). */
export interface KeptOutputs {
  readonly outputs: readonly Output[];
  readonly at: number;
}

export type FromShell =
  | { readonly type: "open"; readonly protocol: number; readonly path: string; readonly client: string }
  /** Operations on top of document version `base`, in order; one such message is in flight at a time. */
  | { readonly type: "edit"; readonly base: number; readonly operations: readonly Operation[] }
  /** Run these cells with their present text. */
  /** `stale`: what the tab shows as out of date; of it, a lazy notebook runs what the cells need. */
  | { readonly type: "run"; readonly cells: readonly number[]; readonly stale?: readonly number[] }
  | { readonly type: "stop"; readonly place: "kernel" }
  | { readonly type: "restart" }
  | { readonly type: "trust" }
  | { readonly type: "bridge"; readonly message: BridgeMessage }
  | { readonly type: "request"; readonly id: number; readonly request: CellRequest }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "snapshot"; readonly cell: number; readonly outputs: readonly Output[] }
  /** What an editor asks about the text as sent so far. */
  | { readonly type: "language"; readonly id: number; readonly request: LanguageRequest }
  /** How high (px) outputs stand, to be kept. */
  | { readonly type: "heights"; readonly heights: Readonly<Record<number, number>> };

export type ToShell =
  | {
      readonly type: "opened";
      readonly notebook: Notebook;
      readonly version: number;
      readonly trusted: boolean;
      /** URL of the notebook among its modules: `import.meta.url` in browser cells. */
      readonly address: string;
      readonly program: ProgramChange;
      /** Status and outputs of kernel cells as they are now. */
      readonly kernel: KernelView;
      /** Kept outputs of an earlier session, by cell, for cells whose source is still the same. */
      readonly kept: Readonly<Record<number, KeptOutputs>>;
      /** How high (px) the outputs of cells stood last. */
      readonly heights: Readonly<Record<number, number>>;
      /** Whether this tab's sandbox feeds the kernel: true for one tab of each notebook. */
      readonly primary: boolean;
    }
  | {
      readonly type: "edited";
      readonly version: number;
      readonly client: string;
      readonly operations: readonly Operation[];
    }
  | { readonly type: "saved"; readonly version: number }
  | { readonly type: "program"; readonly change: ProgramChange }
  | { readonly type: "event"; readonly event: CellEvent }
  | ({ readonly type: "kernel" } & KernelCondition)
  | { readonly type: "primary"; readonly primary: boolean }
  | { readonly type: "trusted" }
  | { readonly type: "bridge"; readonly message: BridgeMessage }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answer }
  /** Answers `language`, as kernel/notebook/language.ts says for each request; null where there is nothing to say. */
  | {
      readonly type: "language";
      readonly id: number;
      readonly answer: { readonly ok: unknown } | { readonly failure: Failure };
    }
  /** All mistakes that are seen in a cell's text. */
  | { readonly type: "problems"; readonly cell: number; readonly problems: readonly Problem[] }
  /** The notebook's file has this path now. */
  | { readonly type: "moved"; readonly path: string }
  /** The catalog changed (a crawl ended, a table was written). */
  | { readonly type: "catalog" }
  | { readonly type: "failure"; readonly failure: Failure };

/** `asleep`: ended after a time without use; starts again when it is needed. */
export type KernelState = "starting" | "ready" | "busy" | "stopped" | "asleep" | "dead";

export interface KernelCondition {
  readonly state: KernelState;
  /** Why it is dead. */
  readonly failure?: Failure;
  /** Minutes without use after which it was put to sleep. */
  readonly idleMinutes?: number;
}

export interface KernelView extends KernelCondition {
  readonly events: readonly CellEvent[];
}

// ---- server ⇄ kernel process -------------------------------------------------------------------------------

export type ToKernel =
  /** The notebook (absolute path) that a process runs from now on; the first message that it gets. */
  | { readonly type: "begin"; readonly notebook: string }
  | { readonly type: "program"; readonly change: ProgramChange }
  | { readonly type: "bridge"; readonly message: BridgeMessage }
  | { readonly type: "request"; readonly id: number; readonly request: CellRequest }
  | { readonly type: "cancel"; readonly id: number }
  /** A connection comes with it: to be answered with a held part, after this head of a response. */
  | { readonly type: "serve"; readonly part: number; readonly head: string }
  /** Cells that must not run until they are run by hand. */
  | { readonly type: "hold"; readonly cells: readonly number[] }
  /** The notebook has another (absolute) path now. */
  | { readonly type: "moved"; readonly notebook: string }
  | { readonly type: "shutdown" };

export type FromKernel =
  | { readonly type: "ready"; readonly protocol: number }
  | { readonly type: "event"; readonly event: CellEvent }
  | { readonly type: "bridge"; readonly message: BridgeMessage }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answer }
  /** The catalog was written by a cell. */
  | { readonly type: "catalog" };
