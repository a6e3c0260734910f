import type { Workspace } from "../catalog/workspace.ts";
import { NotebookImports } from "../modules/notebook-imports.ts";
import { compile } from "../notebook/compiler/compile.ts";
import type { Parameter } from "../notebook/compiler/compiled.ts";
import { uncaughtLine } from "../notebook/display/error-text.ts";
import type { Output } from "../notebook/display/output.ts";
import type { Cell, Notebook } from "../notebook/document/notebook.ts";
import type { Failure } from "../notebook/errors.ts";
import type { CellEvent, CellStatus } from "../notebook/protocol.ts";
import type { CellRun } from "../notebook/runtime/host.ts";
import { PlaceRuntime } from "../notebook/runtime/place.ts";
import { SessionHost } from "./host.ts";
import { RecordedInputs } from "./inputs.ts";
import { readParameters } from "./parameters.ts";
import { openSources } from "./sources.ts";
import { watchUncaught } from "./uncaught.ts";
import { watch } from "./watched.ts";

export interface HeadlessOptions {
  readonly workspace: Workspace;
  readonly notebook: Notebook;
  /** Absolute path of the notebook file: relative file names in cells start at its folder. */
  readonly path: string;
  /** Values for parameters by name; text is read as the parameter's type. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Ends the run; cells that still run are then "stopped". */
  readonly signal?: AbortSignal;
  /** Script of the thread that ends the run also when a cell does not let go; see watchdog.ts. */
  readonly watchdog?: string | undefined;
  /** Longest time that an endless generator is followed, in ms; its latest value then stands. Default 2000. */
  readonly patience?: number;
  /** Whether a notebook with this text may be imported from; left out: every one. */
  readonly isTrusted?: (text: string) => boolean;
  readonly onEvent?: (event: CellEvent) => void;
}

export interface RunResult {
  readonly cells: readonly CellResult[];
  /** The values that the parameters had. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** True when every cell that may run is done. */
  readonly ok: boolean;
  /** The run was ended before it was done. */
  readonly stopped: boolean;
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

/** Milliseconds. */
const defaultPatience = 2000;

/** Rows of a table that a result keeps. */
const rowsKept = 1000;

/**
 * Runs every cell of a notebook once in this process, and gives what each shows. Tables keep only their first rows.
 * @throws UserError kind "input" before any cell runs: unknown parameter, or a value of the wrong type.
 */
export async function runHeadless(options: HeadlessOptions): Promise<RunResult> {
  const run = new HeadlessRun(options);
  try {
    return await run.all();
  } finally {
    await run.close();
  }
}

/** The parameters of a notebook; runs the cells that allowed values and defaults come from. */
export async function listParameters(options: HeadlessOptions): Promise<readonly Parameter[]> {
  const run = new HeadlessRun(options);
  try {
    return await run.parameters();
  } finally {
    await run.close();
  }
}

interface Told {
  status: CellStatus;
  failure?: Failure;
  ms: number;
}

class HeadlessRun {
  readonly #options: HeadlessOptions;
  readonly #declared: ReadonlyMap<number, Parameter>;
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #inputs = new RecordedInputs();
  /** The element of each parameter, once its cell has run. */
  readonly #elements = new Map<string, object>();
  readonly #told = new Map<number, Told>();
  readonly #sources;
  readonly #host: SessionHost;
  readonly #runtime: PlaceRuntime;
  readonly #ended = new AbortController();
  readonly #uncaught: () => void;

  constructor(options: HeadlessOptions) {
    this.#options = options;
    this.#declared = declaredParameters(options.notebook);
    this.#values = readParameters([...this.#declared.values()], options.parameters ?? {});
    this.#sources = openSources(options.workspace);
    this.#host = new SessionHost({
      place: "all",
      workspace: options.workspace,
      notebook: options.path,
      ...this.#sources,
      emit: (event) => this.#hear(event),
      send: () => {},
      view: (run, element) => this.#view(run, element),
      wrap: (name, value) =>
        name === "Inputs" ? this.#inputs.wrap(value as Record<string, unknown>) : value,
      rows: rowsKept,
      paged: false,
      patience: options.patience ?? defaultPatience,
    });
    this.#runtime = new PlaceRuntime(this.#host);
    this.#uncaught = watchUncaught((thrown) => this.#host.emit(uncaughtLine(thrown)));
    const end = () => this.#ended.abort();
    if (options.signal?.aborted) end();
    options.signal?.addEventListener("abort", end, { once: true });
    if (options.watchdog)
      watch(options.watchdog, null, { stop: end, terminated: (cells) => this.#terminated(cells) });
  }

  #terminated(cells: readonly number[]): void {
    this.#runtime.terminated(cells);
    this.#ended.abort();
  }

  async all(): Promise<RunResult> {
    const startedAt = new Date();
    const { cells } = this.#options.notebook;
    const begin = performance.now();
    await this.#run(cells);
    await Promise.race([this.#host.displayed(), this.#aborted()]);
    await Promise.race([this.#host.results.written(), this.#aborted()]);
    const results = cells.map((cell) => this.#result(cell));
    return {
      cells: results,
      parameters: this.#parameterValues(),
      stopped: this.#ended.signal.aborted,
      ok: results.every(({ cell, status }) => status === "done" || cell.run === "off"),
      startedAt: startedAt.toISOString(),
      ms: performance.now() - begin,
    };
  }

  async parameters(): Promise<Parameter[]> {
    await this.#run(this.#options.notebook.cells, [...this.#declared.keys()]);
    return [...this.#declared.values()].map((parameter) => this.#completed(parameter));
  }

  async close(): Promise<void> {
    this.#uncaught();
    this.#runtime.dispose();
    this.#host.results.close();
    await this.#sources.close();
  }

  /** Runs the cells, or only those that the named ones need. */
  async #run(cells: readonly Cell[], only?: readonly number[]): Promise<void> {
    const { workspace, path, isTrusted } = this.#options;
    const imports = new NotebookImports(workspace.root, isTrusted ?? (() => true));
    const expanded = [...imports.expand(cells, path).cells.values()];
    const order = expanded.map(({ id }) => id);
    const change = { version: 1, order, cells: expanded, rerun: [] };
    this.#runtime.apply(change, only);
    await Promise.race([this.#runtime.quiet(this.#options.patience ?? defaultPatience), this.#aborted()]);
    if (this.#ended.signal.aborted) for (const id of order) this.#runtime.stop(id);
  }

  #aborted(): Promise<void> {
    const { signal } = this.#ended;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  #view(run: CellRun, element: unknown): unknown {
    const parameter = this.#declared.get(run.cell.id);
    if (parameter && typeof element === "object" && element !== null) {
      this.#elements.set(parameter.name, element);
      if (this.#values.has(parameter.name))
        this.#inputs.assign(element, parameter, this.#values.get(parameter.name));
    }
    return valueOnce(element);
  }

  #completed(parameter: Parameter): Parameter {
    const element = this.#elements.get(parameter.name);
    if (!element) return parameter;
    const options = this.#inputs.allowed(element);
    return { ...parameter, default: (element as { value?: unknown }).value, ...(options ? { options } : {}) };
  }

  #parameterValues(): Record<string, unknown> {
    const names = [...this.#declared.values()].map(({ name }) => name);
    return Object.fromEntries(
      names.flatMap((name) => {
        const outcome = this.#runtime.outcome(name);
        return outcome && "value" in outcome ? [[name, outcome.value]] : [];
      }),
    );
  }

  #hear(event: CellEvent): void {
    if (event.type === "status") {
      const { cell, status, failure, ms = 0 } = event;
      this.#told.set(cell, { status, ms, ...(failure ? { failure } : {}) });
    }
    this.#options.onEvent?.(event);
  }

  #result(cell: Cell): CellResult {
    const told = this.#told.get(cell.id) ?? { status: "waiting" as const, ms: 0 };
    return { cell, ...told, outputs: this.#host.outputs(cell.id) };
  }
}

/** Nobody will ever move this input: its value is all there is to follow. */
function* valueOnce(element: unknown): Generator<unknown, void> {
  yield (element as { value?: unknown }).value;
}

function declaredParameters(notebook: Notebook): Map<number, Parameter> {
  return new Map(
    notebook.cells.flatMap((cell) => {
      const { parameter } = compile(cell);
      return parameter ? [[cell.id, parameter] as const] : [];
    }),
  );
}
