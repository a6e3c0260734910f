/** Runs the cells of one place, and meets the other place over the bridge. Headless, the one place of all cells. */
import { encode } from "../bridge/codec.ts";
import { type Failure, nearest, toFailure, UserError } from "../errors.ts";
import type { Basis, BridgeMessage, ProgramChange } from "../protocol.ts";
import { Crossing, mergeBasis } from "./crossing.ts";
import { isSameValue } from "./equal.ts";
import type { PlaceHost } from "./host.ts";
import { isLazy, type Lazy, lazy } from "./lazy.ts";
import { isBusy, LiveCell, type Outcome } from "./live-cell.ts";
import { Program, type ProgramCell, type ProgramDifference, runsByItself } from "./program.ts";
import { RemoteVariables } from "./remote.ts";
import { Scheduler, type Variable, type Wave } from "./scheduler.ts";

/** Milliseconds. */
const frame = 16;
const longestWait = 1000;

export class PlaceRuntime {
  readonly #host: PlaceHost;
  readonly #program: Program;
  readonly #scheduler: Scheduler;
  readonly #crossing = new Crossing((name) => this.#isOurs(name));
  readonly #remote: RemoteVariables;
  readonly #live = new Map<number, LiveCell>();
  /** Those that run or wait. */
  readonly #busy = new Set<LiveCell>();
  readonly #cellOf = new Map<Variable, LiveCell>();
  /** How many runs a cell has had, kept while its code changes. */
  readonly #runs = new Map<number, number>();
  /** Cells that wait to be run by hand. */
  readonly #held = new Set<number>();
  /** Cells that were asked for by hand and so run in the next wave whatever their policy. */
  readonly #asked = new Set<number>();
  /** Names that would belong to each run, but that cells define. */
  #shadowed: ReadonlySet<string> = new Set();
  readonly #outcomes = new Map<string, Outcome>();
  #whenSettled: (() => void)[] = [];

  constructor(host: PlaceHost) {
    this.#host = host;
    this.#program = new Program(host.place);
    this.#scheduler = new Scheduler({
      global: (name) => this.#global(name),
      widen: (wave, changed) => this.#widen(wave, changed),
      rank: (variable) => this.#rank(variable),
      rejection: (input, error) => this.#rejection(input, error),
      isSame: (variable, before, after) => this.#isSame(variable, before, after),
      nextFrame: (callback) => this.#nextFrame(callback),
    });
    this.#remote = new RemoteVariables(this.#scheduler, this.#crossing);
  }

  /**
   * Applies a change of the program: what it touches runs, in the next microtask.
   * @param only run just these cells and what they need; the others wait to be run by hand.
   */
  apply(change: ProgramChange, only?: readonly number[]): void {
    const first = this.#program.version === 0;
    const difference = this.#program.apply(change);
    for (const id of change.rerun) this.#ask(id);
    if (only) this.#holdAllBut(this.#program.upstream(only));
    for (const { id } of difference.removed) this.#drop(id);
    this.#expectChanges(difference);
    const touched = new Set([...difference.changed, ...difference.rejudged, ...this.#reshadow()]);
    for (const id of touched) this.#refresh(id);
    this.#matchRemotes(first);
    this.#announceCrossing();
    this.#checkSettled();
  }

  /** A message of the other place. */
  receive(message: BridgeMessage): void {
    switch (message.type) {
      case "pending":
        for (const [name, version] of Object.entries(message.versions)) {
          this.#crossing.announce(name, version);
          this.#remote.refresh(name);
        }
        return;
      case "value":
      case "failed":
      case "same":
        return this.#arrive(message);
      case "hello":
        return message.fresh ? this.#meet() : this.#sendAll();
    }
  }

  /** Whether this place feeds the other (one of several sandboxes does). */
  lead(primary: boolean): void {
    const wasFollower = this.#crossing.follower;
    this.#crossing.follower = !primary;
    for (const name of this.#remote.names()) this.#remote.refresh(name);
    if (!primary || !wasFollower) return;
    this.hello();
    this.#sendAll();
  }

  /** Asks the other place for all that crosses: to be called once the two are connected. */
  hello(): void {
    if (this.#host.place !== "all") this.#host.send({ type: "hello", fresh: !this.#crossing.follower });
  }

  /** These cells do not run until they are run by hand. */
  hold(cells: readonly number[]): void {
    for (const id of cells) this.#held.add(id);
  }

  /** Ends the present run of a cell. Synchronous code must have been interrupted by other means before. */
  stop(cell: number): void {
    const live = this.#live.get(cell);
    if (!live || !isBusy(live.status)) return;
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
    const guilty = cells.filter((id) => this.#live.get(id)?.status === "running");
    for (const id of guilty.length > 0 ? guilty : this.running()) this.stop(id);
    for (const live of this.#live.values()) {
      if (isBusy(live.status)) this.#scheduler.update(live.body);
    }
  }

  /** Ids of the cells whose body runs now. */
  running(): number[] {
    return [...this.#live.values()].filter(({ status }) => status === "running").map(({ id }) => id);
  }

  /** Resolves as soon as no cell runs or waits. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenSettled.push(resolve);
      this.#checkSettled();
    });
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
    return this.#outcomes.get(name);
  }

  dispose(): void {
    for (const live of this.#live.values()) live.remove();
    this.#live.clear();
    this.#scheduler.dispose();
  }

  #isHere(cell: ProgramCell): boolean {
    return this.#host.place === "all" || cell.place === this.#host.place;
  }

  #ask(id: number): void {
    this.#held.delete(id);
    this.#asked.add(id);
  }

  #holdAllBut(wanted: ReadonlySet<number>): void {
    const others = [...this.#program.cells.keys()].filter((id) => !wanted.has(id));
    for (const id of others) this.#asked.delete(id);
    this.hold(others);
  }

  #drop(id: number): void {
    const live = this.#live.get(id);
    if (!live) return;
    this.#forget(live);
    this.#host.remove(id);
  }

  #forget(live: LiveCell): void {
    this.#live.delete(live.id);
    this.#busy.delete(live);
    this.#runs.set(live.id, live.runs);
    for (const variable of [live.body, ...live.outputs.values()]) this.#cellOf.delete(variable);
    for (const name of live.outputs.keys()) this.#outcomes.delete(name);
    live.remove();
  }

  /** Names that the other place will compute anew because of this change are awaited from now on. */
  #expectChanges({ changed, rejudged, removed }: ProgramDifference): void {
    const { cells, version } = this.#program;
    const names = [...changed, ...rejudged].flatMap((id) => cells.get(id)?.compiled.outputs ?? []);
    const gone = removed.flatMap(({ compiled }) => compiled.outputs);
    for (const name of this.#program.reach([...names, ...gone])) {
      if (!this.#remote.has(name)) continue;
      this.#crossing.expect(name, version);
      this.#remote.refresh(name);
    }
  }

  /** Brings a cell's variables in line with the program. */
  #refresh(id: number): void {
    const cell = this.#program.cells.get(id);
    if (!cell || !this.#isHere(cell)) return this.#drop(id);
    const failure = this.#program.analysis.failures.get(id);
    if (failure) return this.#refuse(cell, failure);
    const live = this.#live.get(id);
    if (live && live.program === cell) return this.#scheduler.update(live.body);
    if (live) this.#forget(live);
    this.#start(cell);
  }

  /** Users of `display`, `table` and the like that a cell has begun or ceased to define: they must be wired anew. */
  #reshadow(): number[] {
    const { analysis, cells } = this.#program;
    const refused = [...analysis.failures.keys()].flatMap((id) => cells.get(id)?.compiled.outputs ?? []);
    const before = this.#shadowed;
    this.#shadowed = new Set(
      [...this.#host.locals, "invalidation"].filter(
        (name) => analysis.definer.has(name) || refused.includes(name),
      ),
    );
    const differing = [...before, ...this.#shadowed].filter(
      (name) => before.has(name) !== this.#shadowed.has(name),
    );
    return differing.flatMap((name) => this.#usersOf(name)).filter((id) => this.#unwire(id));
  }

  #usersOf(name: string): number[] {
    return [...this.#live.values()]
      .filter(({ program }) => program.compiled.inputs.includes(name))
      .map(({ id }) => id);
  }

  #unwire(id: number): boolean {
    const live = this.#live.get(id);
    if (live) this.#forget(live);
    return live !== undefined;
  }

  #start(cell: ProgramCell): void {
    const live = new LiveCell(cell, this.#owner(), this.#runs.get(cell.id) ?? 0);
    this.#live.set(cell.id, live);
    this.#busy.add(live);
    for (const variable of [live.body, ...live.outputs.values()]) this.#cellOf.set(variable, live);
    live.define();
  }

  /** A cell that must not run: it leaves the graph, and its names tell why. */
  #refuse(cell: ProgramCell, failure: Failure): void {
    const live = this.#live.get(cell.id);
    if (live) this.#forget(live);
    this.#host.emit({ type: "status", cell: cell.id, status: "failed", failure });
    for (const name of cell.compiled.outputs) {
      this.#publish(name, { failure: upstreamFailure(name, cell.id, failure) }, {});
      const implicit = this.#scheduler.named(name);
      if (implicit && !this.#cellOf.has(implicit)) this.#scheduler.update(implicit);
    }
  }

  #owner() {
    return {
      host: this.#host,
      scheduler: this.#scheduler,
      isLocal: (name: string) =>
        (name === "invalidation" || this.#host.locals.has(name)) && !this.#shadowed.has(name),
      basisOf: (cell: ProgramCell) => this.#basisOf(cell),
      published: (name: string, outcome: Outcome, again: boolean) => {
        this.#outcomes.set(name, outcome);
        if (!again || !this.#repeat(name)) this.#publish(name, outcome, this.#definerBasis(name));
      },
      busyChanged: (cell: LiveCell) => {
        if (isBusy(cell.status)) this.#busy.add(cell);
        else this.#busy.delete(cell);
        this.#checkSettled();
      },
    };
  }

  // ---- Waves -----------------------------------------------------------------------------------------------

  #widen(wave: Wave, changed: ReadonlySet<Variable>): void {
    this.#cutHeld(wave);
    if (this.#program.analysis.crossing.size > 0) this.#widenAcross(wave, changed);
    this.#asked.clear();
  }

  /** Cells that run only by hand keep their value and become stale, unless they were asked for. */
  #cutHeld(wave: Wave): void {
    for (const variable of [...wave.variables]) {
      const live = this.#cellOf.get(variable);
      if (!live || variable !== live.body || !this.#waitsForHand(live)) continue;
      wave.cut(variable);
      const stopped = live.program.run === "off" || this.#held.has(live.id);
      live.setStatus(stopped ? "stopped" : "stale");
    }
  }

  #waitsForHand(live: LiveCell): boolean {
    if (this.#asked.has(live.id)) return false;
    return (
      this.#held.has(live.id) ||
      (!runsByItself(live.program) && this.#host.place !== "all") ||
      live.program.run === "off"
    );
  }

  /**
   * Announces our names that change, and awaits the other place's names that change with them; these bring more of
   * our cells into the wave, and so on round the border.
   */
  #widenAcross(wave: Wave, changed: ReadonlySet<Variable>): void {
    const announced: Record<string, number> = {};
    for (let ours = this.#oursIn(wave, changed, announced); ours.length > 0; ) {
      Object.assign(announced, this.#crossing.bump(ours));
      for (const name of this.#program.reach(ours)) {
        const variable = this.#remote.awaitAnew(name);
        if (variable) wave.add(variable);
      }
      ours = this.#oursIn(wave, changed, announced);
    }
    if (Object.keys(announced).length > 0) this.#send({ type: "pending", versions: announced });
  }

  /** Names of ours that cross and change in this wave, without those announced already. */
  #oursIn(wave: Wave, changed: ReadonlySet<Variable>, announced: Basis): string[] {
    return [...wave.variables, ...changed].flatMap(({ _name: name }) =>
      name !== null && this.#isOurs(name) && !(name in announced) ? [name] : [],
    );
  }

  /** Whether a name is defined here and used in the other place. */
  #isOurs(name: string): boolean {
    return this.#host.place !== "all" && this.#program.analysis.crossing.get(name) === this.#host.place;
  }

  #rank(variable: Variable): number {
    const live = this.#cellOf.get(variable);
    return live ? (this.#program.rank.get(live.id) ?? 0) : -1;
  }

  /**
   * A generator's next value is pulled at most once a frame, and, within limits, not before the other place has
   * answered the last one: a dragged slider then shows as many results as there can be, not none until it rests.
   */
  #nextFrame(callback: () => void, waited = 0): void {
    setTimeout(() => {
      if (waited < longestWait && this.#remote.awaiting()) this.#nextFrame(callback, waited + frame);
      else callback();
    }, frame);
  }

  /** Cells' results as a whole are new with each run; their names are compared one by one. */
  #isSame(variable: Variable, before: unknown, after: unknown): boolean {
    const live = this.#cellOf.get(variable);
    if (!live) return before === after || isSameValue(before, after);
    return variable !== live.body && isSameValue(before, after);
  }

  // ---- Names -----------------------------------------------------------------------------------------------

  #global(name: string): unknown {
    const refused = this.#refusedName(name);
    if (refused) throw new UserError(refused);
    const value = this.#host.builtin(name);
    if (value !== undefined) return value;
    const meant = nearest(name, this.#program.analysis.definer.keys());
    throw new UserError({
      kind: "runtime",
      message: `${name} is not defined`,
      remedy: meant ? `did you mean ${meant}?` : `define it in a cell: const ${name} = …`,
    });
  }

  /** Why a name has no value although a cell names it: that cell is refused. */
  #refusedName(name: string): Failure | undefined {
    for (const [id, failure] of this.#program.analysis.failures) {
      const cell = this.#program.cells.get(id);
      if (cell?.compiled.outputs.includes(name)) return upstreamFailure(name, id, failure);
    }
    return undefined;
  }

  #rejection(input: Variable, error: unknown): unknown {
    const live = this.#cellOf.get(input);
    if (!live || input === live.body) return error;
    const failure = toFailure(error);
    return new UserError(
      failure.kind === "upstream" ? failure : upstreamFailure(input._name ?? "", live.id, failure),
    );
  }

  #basisOf({ compiled }: ProgramCell): Basis {
    if (this.#program.analysis.crossing.size === 0) return {};
    return compiled.inputs.reduce((basis, name) => mergeBasis(basis, this.#basisOfInput(name)), {} as Basis);
  }

  #basisOfInput(name: string): Basis {
    if (this.#remote.has(name)) return this.#crossing.basisOfRemote(name);
    const basis = this.#definerBasis(name);
    return this.#isOurs(name) ? { ...basis, [name]: this.#crossing.version(name) } : basis;
  }

  #definerBasis(name: string): Basis {
    const definer = this.#program.analysis.definer.get(name);
    return (definer !== undefined && this.#live.get(definer)?.basis) || {};
  }

  // ---- The bridge ------------------------------------------------------------------------------------------

  #send(message: BridgeMessage): void {
    if (this.#host.place !== "all" && !this.#crossing.follower) this.#host.send(message);
  }

  #publish(name: string, outcome: Outcome, basis: Basis): void {
    this.#valued.delete(name);
    if (!this.#isOurs(name) || this.#crossing.follower) return;
    if ("value" in outcome && isLazy(outcome.value)) return this.#publishLater(name, outcome.value, basis);
    const common = { name, version: this.#crossing.version(name), basis, program: this.#program.version };
    if ("failure" in outcome)
      return this.#send({ type: "failed", ...common, failure: this.#outward(name, outcome.failure) });
    try {
      this.#send({ type: "value", ...common, value: encode(outcome.value) });
      this.#valued.add(name);
    } catch (error) {
      this.#send({ type: "failed", ...common, failure: this.#untransferable(name, toFailure(error)) });
    }
  }

  /** Tells that a name has the value that was sent before, of newer inputs. @returns false if none was sent. */
  #repeat(name: string): boolean {
    if (!this.#valued.has(name)) return false;
    const version = this.#crossing.version(name);
    this.#send({
      type: "same",
      name,
      version,
      basis: this.#definerBasis(name),
      program: this.#program.version,
    });
    return true;
  }

  #publishLater(name: string, value: Lazy, basis: Basis): void {
    const version = this.#crossing.version(name);
    const publish = (outcome: Outcome) => {
      if (this.#crossing.version(name) === version) this.#publish(name, outcome, basis);
    };
    value[lazy]().then(
      (awake) => publish({ value: awake }),
      (error: unknown) => publish({ failure: toFailure(error) }),
    );
  }

  #outward(name: string, failure: Failure): Failure {
    if (failure.kind === "upstream") return failure;
    return upstreamFailure(name, this.#program.analysis.definer.get(name) ?? 0, failure);
  }

  #untransferable(name: string, failure: Failure): Failure {
    const definer = this.#program.analysis.definer.get(name);
    return {
      ...failure,
      message: `${name} of cell ${definer}: ${failure.message}`,
      ...(definer === undefined ? {} : { cells: [definer] }),
    };
  }

  #arrive(message: Extract<BridgeMessage, { type: "value" | "failed" | "same" }>): void {
    this.#crossing.arrive(message);
    this.#remote.refresh(message.name);
  }

  /** The other place is new: what it told is void, and it needs all that it uses. */
  #meet(): void {
    this.#crossing.forget();
    for (const name of this.#remote.names()) this.#remote.refresh(name);
    this.#sendAll();
  }

  #sendAll(): void {
    for (const [name, outcome] of this.#outcomes) this.#publish(name, outcome, this.#definerBasis(name));
    for (const [id, failure] of this.#program.analysis.failures) {
      for (const name of this.#program.cells.get(id)?.compiled.outputs ?? []) {
        this.#publish(name, { failure: upstreamFailure(name, id, failure) }, {});
      }
    }
  }

  readonly #sent = new Set<string>();
  /** Names whose present value the other place has been sent. */
  readonly #valued = new Set<string>();

  /** Names that have begun to cross with this change are sent as they are. */
  #announceCrossing(): void {
    for (const name of this.#sent) if (!this.#isOurs(name)) this.#sent.delete(name);
    for (const name of this.#valued) if (!this.#isOurs(name)) this.#valued.delete(name);
    for (const name of this.#program.analysis.crossing.keys()) {
      if (!this.#isOurs(name) || this.#sent.has(name)) continue;
      this.#sent.add(name);
      const outcome = this.#outcomes.get(name);
      if (outcome) this.#publish(name, outcome, this.#definerBasis(name));
    }
  }

  /**
   * A variable for each name of the other place that a cell here uses, and no other. One that begins to cross is
   * told anew by the other place; what it told before that is out of date. (A place that starts late asks for all.)
   */
  #matchRemotes(first: boolean): void {
    const { analysis, cells } = this.#program;
    const used = [...analysis.crossing].filter(([name, place]) => {
      if (this.#host.place === "all" || place === this.#host.place) return false;
      return (analysis.users.get(name) ?? []).some((id) => cells.get(id)?.place === this.#host.place);
    });
    const names = new Set(used.map(([name]) => name));
    if (!first)
      for (const name of names)
        if (!this.#remote.has(name)) this.#crossing.expect(name, this.#program.version);
    this.#remote.match(names);
  }

  #checkSettled(): void {
    if (this.#whenSettled.length === 0) return;
    const announced = this.#scheduler.announced();
    if (announced) {
      void announced.then(() => this.#checkSettled());
      return;
    }
    if (this.#busy.size > 0) return;
    for (const resolve of this.#whenSettled) resolve();
    this.#whenSettled = [];
  }
}

function upstreamFailure(name: string, cell: number, cause: Failure): Failure {
  return {
    kind: "upstream",
    message: `${name} is not available, because cell ${cell} failed: ${cause.message}`,
    ...(cause.remedy ? { remedy: cause.remedy } : {}),
    cells: [cell],
  };
}
