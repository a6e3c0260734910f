/** Runs the cells of one place, and meets the other place over the bridge. Headless, the one place of all cells. */
import { toFailure, UserError } from "../errors.ts";
import type { BridgeMessage, ProgramChange } from "../protocol.ts";
import { Border } from "./border.ts";
import { isSameValue } from "./equal.ts";
import { FreeVariables } from "./free-variables.ts";
import { Held } from "./held.ts";
import type { PlaceHost } from "./host.ts";
import { inWords } from "./imported-words.ts";
import { inputsHash } from "./inputs-hash.ts";
import { cellOf, LiveCell, type Outcome, type Owner } from "./live-cell.ts";
import { Names } from "./names.ts";
import { Program, type ProgramCell, type ProgramDifference } from "./program.ts";
import { Scheduler, type Variable, type Wave } from "./scheduler.ts";
import { Settling } from "./settling.ts";
import { soon } from "./soon.ts";
import { StaleCells } from "./stale.ts";
import { upstreamFailure } from "./upstream-failure.ts";

/** Milliseconds. */
const frame = 16;
const longestWait = 1000;

export class PlaceRuntime {
  readonly #host: PlaceHost;
  readonly #program: Program;
  readonly #names: Names;
  readonly #held: Held;
  readonly #scheduler: Scheduler;
  readonly #border: Border;
  readonly #settling: Settling;
  readonly #stale: StaleCells;
  readonly #live = new Map<number, LiveCell>();
  /** How many runs a cell has had, kept while its code changes. */
  readonly #runs = new Map<number, number>();
  readonly #owner: Owner;

  constructor(host: PlaceHost) {
    this.#program = new Program(host.place);
    this.#host = inWords(host, this.#program);
    this.#names = new Names(this.#host, this.#program);
    this.#held = new Held(host.place, this.#program);
    this.#scheduler = this.#makeScheduler();
    this.#border = new Border({
      host: this.#host,
      program: this.#program,
      scheduler: this.#scheduler,
      basisOfCell: (id) => this.#live.get(id)?.basis,
    });
    this.#settling = new Settling(this.#scheduler);
    this.#stale = new StaleCells({
      program: this.#program,
      live: this.#live,
      changedInputs: ({ body }) => this.#scheduler.changedInputs(body),
      send: (message) => this.#border.send(message),
    });
    this.#owner = this.#makeOwner();
  }

  /**
   * Applies a change of the program: what it touches runs, in the next microtask.
   * @param only run just these cells and what they need; the others wait to be run by hand.
   */
  apply(change: ProgramChange, only?: readonly number[]): void {
    const first = this.#program.version === 0;
    const difference = this.#program.apply(change);
    for (const id of change.rerun) this.#held.ask(id);
    const { graph } = this.#program;
    if (only) this.#held.holdAllBut(graph.upstream(only), graph.order);
    this.#border.expectChanges(difference);
    this.#rewire(difference, first);
    for (const id of difference.resettled) this.#resettle(id);
    if (difference.repoliced) this.#repolice();
    for (const id of change.touched ?? []) this.#touch(id);
    this.#runFreed();
    this.#border.outgoing.announceCrossing(difference.crossed);
    this.#stale.update();
    this.#settling.check();
  }

  /** A message of the other place. */
  receive(message: BridgeMessage): void {
    if (message.type === "stale") return this.#stale.receive(message.cells);
    this.#border.receive(message);
    if (message.type !== "hello") return;
    if (message.fresh) this.#stale.receive({});
    this.#stale.resend();
  }

  /** Whether this place feeds the other (one of several sandboxes does). */
  lead(primary: boolean): void {
    this.#border.lead(primary);
    if (primary) this.#stale.resend();
  }

  /** Asks the other place for all that crosses: to be called once the two are connected. */
  hello(): void {
    this.#border.hello();
  }

  /** These cells do not run until they are run by hand. */
  hold(cells: readonly number[]): void {
    for (const id of cells) this.#held.hold(id);
  }

  /** Ends the present run of a cell. Synchronous code must have been interrupted by other means before. */
  stop(cell: number): void {
    const live = this.#live.get(cell);
    if (!live?.busy) return;
    live.stop({
      kind: "stopped",
      message: `cell ${cell} was stopped`,
      remedy: "run it again to go on",
      cells: [cell],
    });
  }

  /**
   * Puts things right after synchronous code of these cells was terminated (which of them is not known if there are
   * none: then all that run are stopped). V8 drops all pending microtasks with it, so that the other cells that ran
   * or waited would never go on: they are computed again.
   */
  terminated(cells: readonly number[]): void {
    this.#scheduler.recover();
    this.#settling.recover();
    const guilty = cells.filter((id) => this.#live.get(id)?.status === "running");
    for (const id of guilty.length > 0 ? guilty : this.running()) this.stop(id);
    for (const live of this.#live.values()) {
      if (live.busy) this.#scheduler.update(live.body);
    }
  }

  /** Ids of the cells whose body runs now. */
  running(): number[] {
    return [...this.#live.values()].filter(({ status }) => status === "running").map(({ id }) => id);
  }

  /** Resolves as soon as no cell runs or waits. */
  settled(): Promise<void> {
    return this.#settling.settled();
  }

  /** Resolves as soon as no cell runs or waits and no generator goes on; after `patience` ms, generators are let be. */
  async quiet(patience: number): Promise<void> {
    const until = performance.now() + patience;
    await this.settled();
    while (this.#scheduler.generating() && performance.now() < until) {
      await new Promise<void>((resolve) => setTimeout(resolve, frame));
      await this.settled();
    }
  }

  /** The latest value or failure of a name that a cell here defines. */
  outcome(name: string): Outcome | undefined {
    return this.#border.outgoing.outcome(name);
  }

  dispose(): void {
    for (const live of this.#live.values()) {
      this.#settling.forget(live);
      live.end();
    }
    this.#live.clear();
    this.#scheduler.dispose();
    this.#settling.check();
  }

  #isHere(cell: ProgramCell): boolean {
    return this.#host.place === "all" || cell.place === this.#host.place;
  }

  /** Brings the graph of variables in line with the program: first all that goes, then all that comes. */
  #rewire({ changed, rejudged, removed, crossed }: ProgramDifference, first: boolean): void {
    const free = new FreeVariables(this.#scheduler);
    const rewired = this.#reshadow();
    const touched = new Set([...changed, ...rejudged, ...rewired]);
    for (const { id } of removed) this.#drop(id, free);
    for (const id of touched) this.#end(id, rewired.has(id), free);
    this.#border.release(crossed, free);
    for (const id of touched) this.#begin(id, free);
    this.#border.take(crossed, first, free);
    free.clear();
    for (const id of touched) this.#refuse(id);
  }

  #drop(id: number, free: FreeVariables): void {
    const live = this.#live.get(id);
    if (!live) return;
    this.#forget(live, free);
    this.#host.remove(id);
  }

  /** A cell that is not here any more, must not run or has other code leaves the graph. */
  #end(id: number, rewired: boolean, free: FreeVariables): void {
    const cell = this.#program.graph.cell(id);
    if (!cell || !this.#isHere(cell)) return this.#drop(id, free);
    const live = this.#live.get(id);
    if (live && (rewired || live.program.compiled !== cell.compiled || this.#program.graph.failures.has(id)))
      this.#forget(live, free);
  }

  #forget(live: LiveCell, free: FreeVariables): void {
    this.#live.delete(live.id);
    this.#stale.forget(live.id);
    this.#settling.forget(live);
    this.#runs.set(live.id, live.runs);
    for (const name of live.program.compiled.outputs) this.#border.outgoing.forget(name);
    live.remove(free);
  }

  #resettle(id: number): void {
    const cell = this.#program.graph.cell(id);
    if (cell) this.#live.get(id)?.resettle(cell);
  }

  #touch(id: number): void {
    const live = this.#live.get(id);
    live?.touch();
    if (live && this.#held.waits(live)) this.#stale.touched(live);
  }

  /** Cells that were out of date and do not wait any longer to be run by hand. */
  #runFreed(): void {
    for (const id of this.#stale.own()) {
      const live = this.#live.get(id);
      if (live && !this.#held.waits(live)) this.#scheduler.update(live.body);
    }
  }

  /**
   * When cells run has changed. What was stale and may run now is awaited; of what else stands, the other place is told
   * what it rests on now.
   */
  #repolice(): void {
    const { graph } = this.#program;
    const freed = this.#stale.all().flatMap((id) => graph.cell(id) ?? []);
    const running = freed.filter((cell) => this.#program.runsByItself(cell));
    const coming = this.#program.reach(running.flatMap(({ compiled }) => compiled.outputs));
    this.#border.expect(coming);
    const runs = new Set(running.map(({ id }) => id));
    for (const id of this.#inputsFirst()) {
      const live = this.#live.get(id);
      if (live?.status !== "done" || runs.has(id)) continue;
      live.basis = this.#border.basisOf(live.program);
      for (const name of live.program.compiled.outputs)
        if (!coming.has(name)) this.#border.outgoing.retell(name);
    }
  }

  /** Cells of the program, those that feed others before them. */
  #inputsFirst(): ReadonlySet<number> {
    const { graph } = this.#program;
    const order = new Set<number>();
    for (const root of graph.order) {
      const open = [root];
      for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
        const missing = graph.failures.has(id)
          ? []
          : graph.parents(id).filter((each) => !order.has(each) && !graph.failures.has(each));
        if (missing.length === 0) order.add(open.pop() as number);
        else open.push(...missing);
      }
    }
    return order;
  }

  /** Users of `display`, `table` and the like that a cell has begun or ceased to define: they must be wired anew. */
  #reshadow(): ReadonlySet<number> {
    const names = this.#names.reshadow();
    const users = names.flatMap((name) => this.#program.graph.users(name));
    return new Set(users.filter((id) => this.#live.has(id)));
  }

  /** A cell that may run here is computed. */
  #begin(id: number, free: FreeVariables): void {
    const cell = this.#program.graph.cell(id);
    if (!cell || !this.#isHere(cell) || this.#program.graph.failures.has(id)) return;
    const known = this.#live.get(id);
    if (known) {
      known.resettle(cell);
      return this.#scheduler.update(known.body);
    }
    const live = new LiveCell(cell, this.#owner, this.#runs.get(id) ?? 0, free);
    this.#live.set(id, live);
    this.#settling.changed(live);
    live.define();
  }

  /** A cell that must not run says why, and so do its names. */
  #refuse(id: number): void {
    const cell = this.#program.graph.cell(id);
    const failure = this.#program.graph.failures.get(id);
    if (!cell || !failure || !this.#isHere(cell)) return;
    this.#host.emit({ type: "status", cell: id, status: "failed", failure });
    for (const name of cell.compiled.outputs) {
      this.#border.outgoing.refused(name, id, failure);
      const implicit = this.#scheduler.named(name);
      if (implicit && !cellOf(implicit)) this.#scheduler.update(implicit);
    }
  }

  #makeOwner(): Owner {
    return {
      host: this.#host,
      scheduler: this.#scheduler,
      isLocal: (name) => this.#names.isLocal(name),
      basisOf: (cell) => this.#border.basisOf(cell),
      published: (name, outcome, again) => this.#border.outgoing.published(name, outcome, again),
      inputsHash: (cell, given) =>
        inputsHash(this.#program, cell, (name) =>
          given.has(name) ? given.get(name) : valueIn(this.#border.outgoing.outcome(name)),
        ),
      busyChanged: (cell) => this.#settling.changed(cell),
    };
  }

  #makeScheduler(): Scheduler {
    return new Scheduler({
      global: (name) => this.#names.global(name),
      widen: (wave, changed) => {
        const cut = () => this.#cut(wave);
        cut();
        this.#border.widen(wave, changed, cut);
        this.#beginWave(wave);
      },
      rank: (variable) => this.#program.graph.position(cellOf(variable)?.id ?? -1),
      rejection: (input, error) => this.#rejection(input, error),
      isSame: (variable, before, after) => this.#isSame(variable, before, after),
      nextFrame: (callback, taken) => this.#nextFrame(callback, taken),
    });
  }

  #cut(wave: Wave): void {
    this.#held.cut(wave, (live) => {
      this.#scheduler.shelve(live.body);
      this.#stale.missed(live);
    });
  }

  #beginWave(wave: Wave): void {
    for (const variable of wave.variables) {
      const live = cellOf(variable);
      if (variable !== live?.body) continue;
      this.#stale.forget(live.id);
      live.asked ||= this.#held.wasAsked(live.id);
    }
    this.#held.begun();
    this.#stale.update();
  }

  /**
   * A generator's next value is pulled at most once a frame, and, within limits, not before the other place has
   * answered the last one: a dragged slider then shows as many results as there can be, not none until it rests. One
   * whose value took a frame or more is pulled without a timer: those of a hidden page are a second late.
   */
  #nextFrame(callback: () => void, taken: number, waited = 0): void {
    const go = () => {
      if (waited < longestWait && this.#border.awaiting()) this.#nextFrame(callback, 0, waited + frame);
      else callback();
    };
    if (taken >= frame) soon(go);
    else setTimeout(go, frame - taken);
  }

  /** Cells' results as a whole are new with each run; their names are compared one by one. */
  #isSame(variable: Variable, before: unknown, after: unknown): boolean {
    const live = cellOf(variable);
    if (!live) return before === after || isSameValue(before, after);
    return variable !== live.body && isSameValue(before, after);
  }

  #rejection(input: Variable, error: unknown): unknown {
    const live = cellOf(input);
    if (!live || input === live.body) return error;
    const failure = toFailure(error);
    return new UserError(
      failure.kind === "upstream" ? failure : upstreamFailure(input._name ?? "", live.id, failure),
    );
  }
}

function valueIn(outcome: Outcome | undefined): unknown {
  return outcome && "value" in outcome ? outcome.value : undefined;
}
