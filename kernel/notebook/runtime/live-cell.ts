/** A cell that runs in this place: its variables, its present run, and what it tells of itself. */
import { type Body, evaluate, type Results } from "../compiler/evaluate.ts";
import { plainName } from "../compiler/origin.ts";
import { type Failure, UserError } from "../errors.ts";
import type { Basis, CellEvent, CellStatus } from "../protocol.ts";
import { cellFailure } from "./cell-failure.ts";
import type { FreeVariables } from "./free-variables.ts";
import type { KeptResults, PlaceHost } from "./host.ts";
import type { InputsHash } from "./inputs-hash.ts";
import { isLazy, lazy } from "./lazy.ts";
import { runOnce } from "./once.ts";
import type { ProgramCell } from "./program.ts";
import { Run } from "./run.ts";
import type { Scheduler, Variable } from "./scheduler.ts";
import type { Stale } from "./stale.ts";
import { observerOf } from "./variables.ts";

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
  /** Hash of what other cells give to a cell. @param given by name, as the cell gets it */
  inputsHash(cell: number, given: ReadonlyMap<string, unknown>): InputsHash;
  /** A cell began or ceased to run or wait. */
  busyChanged(cell: LiveCell): void;
}

export class LiveCell {
  program: ProgramCell;
  /** As far as its own run goes; what is told of it also says whether it is out of date. */
  status: CellStatus = "waiting";
  /** It was asked for by hand, and has not begun since. */
  asked = false;
  /** Versions of crossing names that the latest run was made from. */
  basis: Basis = {};
  readonly body: Variable;
  /** A variable for each of the compiled cell's outputs. */
  readonly outputs: readonly Variable[];
  readonly #owner: Owner;
  readonly #observers: readonly CellObserver[];
  /** How many variables of this cell are being computed. */
  #open = 0;
  /** The run whose end the host has not been told. */
  #run: Run | null = null;
  /** When the latest run began, while its duration has not been told. */
  #startedAt: number | null = null;
  #lasted = 0;
  #runs: number;
  #code: Body | null = null;
  #failure: Failure | null = null;
  #stale: Stale | null = null;
  #wasBusy = true;
  #shownFailure: Failure | undefined;
  #began = false;
  /** It has a result of its present inputs, so that to ask for it means to have it run again. */
  #finished = false;
  #forced = false;
  #touched = false;
  /** What is to be said of its result: why it is not kept. */
  #note: string | null = null;
  /** When the result was computed, if it is a kept one. */
  #keptAt: number | null = null;
  /** What the cell failed with when it was stopped. */
  #stopped: UserError | null = null;
  /** Whether it is among the cells that run or wait. */
  isCounted = false;
  /** Variables tell of themselves once more when they are deleted. */
  removed = false;

  /** @param free variables of its names that it takes over. */
  constructor(program: ProgramCell, owner: Owner, runs: number, free: Pick<FreeVariables, "take">) {
    this.program = program;
    this.#owner = owner;
    this.#runs = runs;
    const { scheduler } = owner;
    const body = new BodyObserver(this);
    const outputs = program.compiled.outputs.map((name) => new OutputObserver(this, name));
    this.#observers = [body, ...outputs];
    this.body = scheduler.variable(body, true);
    this.outputs = outputs.map((observer) => {
      const taken = free.take(observer.name);
      return taken ? scheduler.adopt(taken, observer) : scheduler.variable(observer);
    });
  }

  get id(): number {
    return this.program.id;
  }

  get runs(): number {
    return this.#runs;
  }

  /** Whether it has run since it is as it is. */
  get everRan(): boolean {
    return this.status !== "waiting" && (this.status !== "stopped" || this.#began);
  }

  /** Whether it runs, or waits for something that will come by itself. */
  get busy(): boolean {
    return this.status === "running" || (this.status === "waiting" && this.#toldStatus === "waiting");
  }

  /** Its settings changed, but neither its code nor its place. */
  resettle(program: ProgramCell): void {
    if (program === this.program) return;
    this.program = program;
    this.#tell();
  }

  /** Something that it imports changed: a kept result is of no use. */
  touch(): void {
    this.#touched = true;
  }

  /** It is out of date, or (null) is not. */
  setStale(stale: Stale | null): void {
    if (stale) this.#finished = false;
    if (stale?.kind === this.#stale?.kind && stale?.note === this.#stale?.note) return;
    this.#stale = stale;
    this.#tell();
  }

  /** Wires the variables up; they are computed in the next wave. */
  define(): void {
    const { inputs, outputs } = this.program.compiled;
    const fromGraph = inputs.filter((name) => !this.#owner.isLocal(name) && !outputs.includes(name));
    let found = 0;
    const places = inputs.map((name) => (name === fromGraph[found] ? found++ : -1));
    const own = places.includes(-1) ? places : null;
    this.body.define(null, fromGraph, (...values) => this.#execute(own, values));
    outputs.forEach((name, index) => {
      this.outputs[index]?.define(name, [this.body], (results) => (results as Results)[name]);
    });
  }

  /** Takes the cell out: its run ends, its names are free again. */
  remove(free: FreeVariables): void {
    this.end();
    this.program.compiled.outputs.forEach((name, index) => {
      const variable = this.outputs[index];
      if (variable) free.add(name, variable);
    });
    this.#owner.scheduler.release(this.body);
    this.body.delete();
  }

  /** Ends its run for good. */
  end(): void {
    this.removed = true;
    this.body._invalidate();
  }

  /** Ends the present run as stopped; what depends on the cell fails, saying so. */
  stop(failure: Failure): void {
    this.#end(failure);
    this.setStatus("stopped", failure);
    this.#stopped = new UserError(failure);
    this.#owner.scheduler.fail(this.body, this.#stopped);
  }

  setStatus(status: CellStatus, failure?: Failure): void {
    if (status === "running") this.#began = true;
    if (status === "done" || status === "failed" || failure) this.#measure();
    this.status = status;
    this.#shownFailure = failure;
    this.#tell();
  }

  /** Says how it stands. */
  #tell(): void {
    this.#owner.host.emit(this.#event());
    const { busy } = this;
    if (busy === this.#wasBusy) return;
    this.#wasBusy = busy;
    this.#owner.busyChanged(this);
  }

  #event(): StatusEvent {
    const event: Changeable<StatusEvent> = { type: "status", cell: this.id, status: this.#toldStatus };
    if (this.status === "done" || this.status === "failed" || this.#shownFailure) event.ms = this.#lasted;
    if (this.#shownFailure) event.failure = this.#shownFailure;
    const note = event.status === "stale" ? this.#stale?.note : this.status === "done" ? this.#note : null;
    if (note) event.note = note;
    if (this.status === "done" && this.#keptAt !== null) event.keptAt = this.#keptAt;
    return event;
  }

  get #toldStatus(): CellStatus {
    if (this.status === "running") return "running";
    if (this.program.run === "off") return "stopped";
    if (this.#stale === null || this.status === "stopped") return this.status;
    return this.status === "waiting" && this.#stale.kind === "old" ? "waiting" : "stale";
  }

  /** A variable of the cell waits for what it needs. */
  pending(observer: CellObserver): void {
    if (this.removed) return;
    this.#opens(observer);
    if (observer instanceof BodyObserver) this.setStatus("waiting");
  }

  /** The cell need not run: its inputs came out as they were. */
  bodyKept(): void {
    if (this.removed) return;
    this.basis = this.#owner.basisOf(this.program);
    this.#reopen();
  }

  bodyRejected(observer: CellObserver, error: unknown): void {
    if (this.removed) return;
    if (this.status !== "running" && error !== this.#stopped) {
      this.#reopen();
      if (this.#rests) this.setStatus("waiting");
    }
    this.settled(observer, this.#locate(error));
  }

  /** @param again whether it is the value that it had, of newer inputs. */
  outputFulfilled(observer: OutputObserver, value: unknown, again: boolean): void {
    if (this.removed) return;
    this.#owner.published(observer.name, { value }, again);
    this.settled(observer, null);
  }

  outputRejected(observer: OutputObserver, error: unknown): void {
    if (this.removed) return;
    const failure = this.#failure ?? this.#locate(error);
    this.#owner.published(observer.name, { failure }, false);
    this.settled(observer, failure);
  }

  /** A variable has told how it ends; the last one ends the cell's run. */
  settled(observer: CellObserver, failure: Failure | null): void {
    if (this.removed) return;
    if (observer.open) this.#open--;
    observer.open = false;
    this.#failure ??= failure;
    if (this.#open > 0 || this.#rests) return;
    this.#end(this.#failure ?? "done");
    this.asked = false;
    this.#finished = true;
    if (this.#failure) this.setStatus("failed", this.#failure);
    else if (this.status !== "done") this.setStatus("done");
  }

  /** Milliseconds that the latest run took; told again when it is kept. */
  #measure(): void {
    if (this.#startedAt !== null) this.#lasted = performance.now() - this.#startedAt;
    this.#startedAt = null;
  }

  #locate(error: unknown): Failure {
    return cellFailure(this.program, error);
  }

  /** The body is about to tell how it ends, and each output after it. */
  #reopen(): void {
    this.#failure = null;
    for (const observer of this.#observers) this.#opens(observer);
  }

  #opens(observer: CellObserver): void {
    if (!observer.open) this.#open++;
    observer.open = true;
  }

  /** Whether it was put by, and what it still tells is of no account. */
  get #rests(): boolean {
    return this.status === "stopped";
  }

  /** @param places of the graph's values among the inputs; -1 for what belongs to the run; null if nothing does. */
  #execute(places: readonly number[] | null, values: readonly unknown[]): Results | PromiseLike<Results> {
    const current = this.#begin();
    const { inputs: names, parameters = names } = this.program.compiled;
    const locals = this.#owner.host.begin(current, parameters);
    const ownInput = (index: number) => {
      const name = plainName(names[index] as string);
      return name === "invalidation" ? current.invalidation : locals[name];
    };
    const inputs = places?.map((place, index) => (place >= 0 ? values[place] : ownInput(index))) ?? values;
    this.#code ??= evaluate(this.program.compiled, this.id);
    const run = this.#code;
    const { results } = this.#owner.host;
    const body = (given: readonly unknown[]) =>
      this.program.run === "once" && results
        ? this.#once(results, current, given, async () => run(...given))
        : run(...given);
    return inputs.some(isLazy) ? awaken(inputs).then(body) : body(inputs);
  }

  #once(
    results: KeptResults,
    run: Run,
    given: readonly unknown[],
    body: () => Promise<Results>,
  ): Promise<Results> {
    const names = this.program.compiled.inputs;
    return runOnce({
      results,
      run,
      inputs: this.#owner.inputsHash(this.id, new Map(names.map((name, index) => [name, given[index]]))),
      forced: this.#forced,
      body,
      restored: (at) => {
        this.#keptAt = at;
      },
      note: (text) => {
        if (this.#runs !== run.number || this.removed) return;
        this.#note = text;
        if (this.status === "done") this.#tell();
      },
    });
  }

  #begin(): Run {
    const run = new Run(this.program.cell, ++this.#runs);
    this.#run = run;
    this.#note = null;
    this.#keptAt = null;
    this.#forced = this.#touched || (this.asked && this.#finished);
    this.asked = this.#finished = this.#touched = false;
    this.#startedAt = performance.now();
    this.basis = this.#owner.basisOf(this.program);
    this.body._invalidate = () => {
      run.end();
      if (this.#run === run) this.#end("superseded");
    };
    this.#reopen();
    this.setStatus("running");
    return run;
  }

  #end(how: "done" | "superseded" | Failure): void {
    const run = this.#run;
    this.#run = null;
    if (run) this.#owner.host.end(run, how);
  }
}

type StatusEvent = Extract<CellEvent, { type: "status" }>;
type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** Hears of one variable of a cell. */
abstract class CellObserver {
  readonly cell: LiveCell;
  /** Whether the variable is being computed. */
  open = false;

  constructor(cell: LiveCell) {
    this.cell = cell;
  }

  pending(): void {
    this.cell.pending(this);
  }
}

class BodyObserver extends CellObserver {
  unchanged(): void {
    this.cell.bodyKept();
  }

  fulfilled(): void {
    this.cell.settled(this, null);
  }

  rejected(error: unknown): void {
    this.cell.bodyRejected(this, error);
  }
}

class OutputObserver extends CellObserver {
  readonly name: string;
  /** About to tell the value that it had. */
  #kept = false;

  constructor(cell: LiveCell, name: string) {
    super(cell);
    this.name = name;
  }

  unchanged(): void {
    this.#kept = true;
  }

  fulfilled(value: unknown): void {
    const again = this.#kept;
    this.#kept = false;
    this.cell.outputFulfilled(this, value, again);
  }

  rejected(error: unknown): void {
    this.cell.outputRejected(this, error);
  }
}

/** The cell that a variable is the body or an output of, while the cell is there. */
export function cellOf(variable: Variable): LiveCell | undefined {
  const observer = observerOf(variable);
  return observer instanceof CellObserver && !observer.cell.removed ? observer.cell : undefined;
}

/** Lazy values as themselves, the others as they are (promises among them are the cell's own business). */
async function awaken(inputs: readonly unknown[]): Promise<unknown[]> {
  const awake = new Map<unknown, unknown>();
  await Promise.all(inputs.filter(isLazy).map(async (value) => awake.set(value, await value[lazy]())));
  return inputs.map((value) => (awake.has(value) ? awake.get(value) : value));
}
