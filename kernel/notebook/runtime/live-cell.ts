/** A cell that runs in this place: its variables, its present run, and what it tells of itself. */
import { evaluate } from "../compiler/evaluate.ts";
import { type Failure, UserError } from "../errors.ts";
import type { Basis, CellStatus } from "../protocol.ts";
import { cellFailure } from "./cell-failure.ts";
import type { PlaceHost } from "./host.ts";
import { isLazy, lazy } from "./lazy.ts";
import type { ProgramCell } from "./program.ts";
import { Run } from "./run.ts";
import type { Scheduler, Variable } from "./scheduler.ts";

export type Outcome = { readonly value: unknown } | { readonly failure: Failure };

export interface Owner {
  readonly host: PlaceHost;
  readonly scheduler: Scheduler;
  /** Whether a name belongs to each run (`display`, `invalidation`), and no cell defines it. */
  isLocal(name: string): boolean;
  /** Versions that a run starting now rests on. */
  basisOf(cell: ProgramCell): Basis;
  /** A name got a value, or failed, now; `again`: it is the value that it had, of newer inputs. */
  published(name: string, outcome: Outcome, again: boolean): void;
  /** A cell began or ceased to run or wait. */
  busyChanged(cell: LiveCell): void;
}

export class LiveCell {
  readonly program: ProgramCell;
  status: CellStatus = "waiting";
  /** Versions of crossing names that the latest run was made from. */
  basis: Basis = {};
  readonly outputs: ReadonlyMap<string, Variable>;
  readonly body: Variable;
  readonly #owner: Owner;
  /** Variables of this cell that are being computed. */
  readonly #open = new Set<Variable>();
  /** The run whose end the host has not been told. */
  #run: Run | null = null;
  /** When the latest run began, while its duration has not been told. */
  #startedAt: number | null = null;
  #lasted = 0;
  /** Outputs that are about to tell the value that they had. */
  readonly #kept = new Set<Variable>();
  #runs: number;
  #failure: Failure | null = null;
  /** Variables tell of themselves once more when they are deleted. */
  #removed = false;

  constructor(program: ProgramCell, owner: Owner, runs: number) {
    this.program = program;
    this.#owner = owner;
    this.#runs = runs;
    const { scheduler } = owner;
    const body: Variable = scheduler.variable(
      this.#observer(() => body),
      true,
    );
    this.body = body;
    this.outputs = new Map(program.compiled.outputs.map((name) => [name, this.#output(name)]));
  }

  get id(): number {
    return this.program.id;
  }

  get runs(): number {
    return this.#runs;
  }

  /** Wires the variables up; they are computed in the next wave. */
  define(): void {
    const { compiled, id } = this.program;
    const own = new Set(compiled.outputs);
    const inputs = compiled.inputs.filter((name) => !this.#owner.isLocal(name) && !own.has(name));
    const run = evaluate(compiled, id);
    const hidden = bodyName(id);
    this.body.define(hidden, inputs, (...values) => {
      const byName = new Map(inputs.map((name, index) => [name, values[index]]));
      return this.#execute(run, byName);
    });
    for (const [name, variable] of this.outputs) {
      variable.define(name, [hidden], (results) => (results as Record<string, unknown>)[name]);
    }
  }

  /** Takes the cell out: its run ends, its names are free again. */
  remove(): void {
    this.#removed = true;
    for (const variable of [this.body, ...this.outputs.values()]) this.#owner.scheduler.remove(variable);
  }

  /** Ends the present run as stopped; what depends on the cell fails, saying so. */
  stop(failure: Failure): void {
    this.#end(failure);
    this.setStatus("stopped", failure);
    this.#owner.scheduler.fail(this.body, new UserError(failure));
  }

  setStatus(status: CellStatus, failure?: Failure): void {
    const ms = status === "done" || status === "failed" ? this.#duration() : undefined;
    const wasBusy = isBusy(this.status);
    this.status = status;
    this.#owner.host.emit({
      type: "status",
      cell: this.id,
      status,
      ...(ms === undefined ? {} : { ms }),
      ...(failure ? { failure } : {}),
    });
    if (wasBusy !== isBusy(status)) this.#owner.busyChanged(this);
  }

  /** Milliseconds that the latest run took; told again when it is kept. */
  #duration(): number {
    if (this.#startedAt !== null) this.#lasted = performance.now() - this.#startedAt;
    this.#startedAt = null;
    return this.#lasted;
  }

  /** The cell need not run: its inputs came out as they were. */
  #keep(variable: Variable): void {
    if (variable === this.body) this.basis = this.#owner.basisOf(this.program);
    else this.#kept.add(variable);
  }

  #output(name: string): Variable {
    const { scheduler } = this.#owner;
    const variable: Variable = scheduler.variable({
      ...this.#observer(() => variable),
      fulfilled: (value) => {
        if (this.#removed) return;
        this.#owner.published(name, { value }, this.#kept.delete(variable));
        this.#settled(variable, null);
      },
      rejected: (error) => {
        if (this.#removed) return;
        const failure = this.#failure ?? this.#locate(error);
        this.#owner.published(name, { failure }, false);
        this.#settled(variable, failure);
      },
    });
    return variable;
  }

  #observer(variable: () => Variable) {
    return {
      pending: () => this.#pending(variable()),
      unchanged: () => this.#keep(variable()),
      fulfilled: () => this.#settled(variable(), null),
      rejected: (error: unknown) => this.#settled(variable(), this.#locate(error)),
    };
  }

  #locate(error: unknown): Failure {
    return cellFailure(this.program, error);
  }

  #pending(variable: Variable): void {
    if (this.#removed) return;
    if (variable === this.body) {
      this.#failure = null;
      this.setStatus("waiting");
    }
    this.#open.add(variable);
  }

  #settled(variable: Variable, failure: Failure | null): void {
    if (this.#removed) return;
    this.#open.delete(variable);
    if (failure) {
      this.#failure ??= failure;
    }
    if (this.#open.size > 0 || this.status === "stopped") return;
    this.#end(this.#failure ?? "done");
    if (this.#failure) this.setStatus("failed", this.#failure);
    else if (this.status !== "done") this.setStatus("done");
  }

  async #execute(
    run: (...inputs: unknown[]) => Promise<Record<string, unknown>>,
    values: ReadonlyMap<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const current = this.#begin();
    const locals = this.#owner.host.begin(current);
    const inputs = this.program.compiled.inputs.map((name) => {
      if (values.has(name)) return values.get(name);
      return name === "invalidation" ? current.invalidation : locals[name];
    });
    return await run(...(inputs.some(isLazy) ? await awaken(inputs) : inputs));
  }

  #begin(): Run {
    const run = new Run(this.program.cell, ++this.#runs);
    this.#run = run;
    this.#startedAt = performance.now();
    this.basis = this.#owner.basisOf(this.program);
    this.body._invalidate = () => {
      run.end();
      if (this.#run === run) this.#end("superseded");
    };
    this.setStatus("running");
    return run;
  }

  #end(how: "done" | "superseded" | Failure): void {
    const run = this.#run;
    this.#run = null;
    if (run) this.#owner.host.end(run, how);
  }
}

export function isBusy(status: CellStatus): boolean {
  return status === "running" || status === "waiting";
}

/** Name of the hidden variable that runs a cell's body; no cell can define it. */
export function bodyName(id: number): string {
  return `cell ${id}`;
}

/** Lazy values as themselves, the others as they are (promises among them are the cell's own business). */
async function awaken(inputs: readonly unknown[]): Promise<unknown[]> {
  const awake = new Map<unknown, unknown>();
  await Promise.all(inputs.filter(isLazy).map(async (value) => awake.set(value, await value[lazy]())));
  return inputs.map((value) => (awake.has(value) ? awake.get(value) : value));
}
