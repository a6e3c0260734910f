import type { Workspace } from "../catalog/workspace.ts";
import type { Parameter } from "../notebook/compiler/compiled.ts";
import type { Output } from "../notebook/display/output.ts";
import type { Cell, Notebook } from "../notebook/document/notebook.ts";
import type { Failure } from "../notebook/errors.ts";
import type { CellEvent, CellStatus } from "../notebook/protocol.ts";

export interface HeadlessOptions {
  readonly workspace: Workspace;
  readonly notebook: Notebook;
  /** Absolute path of the notebook file: relative file names in cells start at its folder. */
  readonly path: string;
  /** Values for parameters by name; text is read as the parameter's type. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Longest time that an endless generator is followed, in ms; its latest value then stands. */
  readonly patience?: number;
  readonly onEvent?: (event: CellEvent) => void;
}

export interface RunResult {
  readonly cells: readonly CellResult[];
  /** The values that the parameters had. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** True when every cell that may run is done. */
  readonly ok: boolean;
  readonly startedAt: string;
  readonly ms: number;
}

export interface CellResult {
  readonly cell: Cell;
  readonly status: CellStatus;
  readonly outputs: readonly Output[];
  readonly failure?: Failure;
  readonly ms: number;
}

/**
 * Runs every cell of a notebook once in this process, and gives what each shows. Tables keep only their first rows.
 * @throws UserError kind "input" before any cell runs: unknown parameter, or a value of the wrong type.
 */
export declare function runHeadless(options: HeadlessOptions): Promise<RunResult>;

/** The parameters of a notebook; runs the cells that allowed values and defaults come from. */
export declare function listParameters(options: HeadlessOptions): Promise<readonly Parameter[]>;
