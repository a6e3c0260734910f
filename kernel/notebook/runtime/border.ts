/** The border with the other place: what crosses it, in which versions, and what a wave here means over there. */
import type { Place } from "../document/notebook.ts";
import type { Basis, BridgeMessage } from "../protocol.ts";
import { Crossing, mergeBasis } from "./crossing.ts";
import type { FreeVariables } from "./free-variables.ts";
import type { PlaceHost } from "./host.ts";
import { isLazy } from "./lazy.ts";
import { Outgoing } from "./outgoing.ts";
import type { Program, ProgramCell, ProgramDifference } from "./program.ts";
import { RemoteVariables } from "./remote.ts";
import type { Scheduler, Variable, Wave } from "./scheduler.ts";

export interface BorderOptions {
  readonly host: Pick<PlaceHost, "place" | "send">;
  readonly program: Program;
  readonly scheduler: Scheduler;
  /** What the latest run of a cell here was made from. */
  readonly basisOfCell: (id: number) => Basis | undefined;
}

export class Border {
  readonly #options: BorderOptions;
  readonly #place: Place | "all";
  readonly #program: Program;
  readonly #crossing: Crossing;
  readonly #remote: RemoteVariables;
  readonly outgoing: Outgoing;

  constructor(options: BorderOptions) {
    this.#options = options;
    this.#program = options.program;
    this.#place = options.host.place;
    const isOurs = (name: string) => this.#isOurs(name);
    this.#crossing = new Crossing(isOurs);
    this.#remote = new RemoteVariables(options.scheduler, this.#crossing);
    this.outgoing = new Outgoing({
      program: options.program,
      isOurs,
      isMute: () => this.#crossing.follower,
      version: (name) => this.#crossing.version(name),
      basis: (name) => this.#definerBasis(name),
      send: (message) => this.send(message),
    });
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
        this.#crossing.arrive(message);
        return this.#remote.refresh(message.name);
      case "stale":
        return;
      case "hello":
        return message.fresh ? this.#meet() : this.outgoing.sendAll();
    }
  }

  /** Whether this place feeds the other (one of several sandboxes does). */
  lead(primary: boolean): void {
    const wasFollower = this.#crossing.follower;
    this.#crossing.follower = !primary;
    for (const name of this.#remote.names()) this.#remote.refresh(name);
    if (!primary || !wasFollower) return;
    this.hello();
    this.outgoing.sendAll();
  }

  /** Asks the other place for all that crosses: to be called once the two are connected. */
  hello(): void {
    if (this.#place !== "all") this.#options.host.send({ type: "hello", fresh: !this.#crossing.follower });
  }

  /** Whether a value of the other place is awaited. */
  awaiting(): boolean {
    return this.#remote.awaiting();
  }

  /** Names that the other place will compute anew because of this change are awaited from now on. */
  expectChanges({ changed, rejudged, removed }: ProgramDifference): void {
    if (!this.#remote.isUsed) return;
    const { graph } = this.#program;
    const names = [...changed, ...rejudged].flatMap((id) => graph.cell(id)?.compiled.outputs ?? []);
    const gone = removed.flatMap(({ compiled }) => compiled.outputs);
    this.expect(this.#program.reach([...names, ...gone]));
  }

  /** Names that the other place, as far as they are its own, computes or tells anew under the present program. */
  expect(names: Iterable<string>): void {
    for (const name of names) {
      if (!this.#remote.has(name)) continue;
      this.#crossing.expect(name, this.#program.version);
      this.#remote.refresh(name);
    }
  }

  /** Lets go of the variables of names that come from the other place no more. */
  release(crossed: Iterable<string>, free: FreeVariables): void {
    for (const name of crossed) if (!this.#isTheirs(name)) this.#remote.release(name, free);
  }

  /**
   * A variable for each name of the other place that a cell here uses. One that begins to cross is told anew by the
   * other place; what it told before that is out of date. (A place that starts late asks for all.)
   */
  take(crossed: Iterable<string>, first: boolean, free: FreeVariables): void {
    for (const name of crossed) {
      if (!this.#isTheirs(name) || this.#remote.has(name)) continue;
      if (!first) this.#crossing.expect(name, this.#program.version);
      this.#remote.add(name, free);
    }
  }

  /**
   * Announces our names that change, and awaits the other place's names that change with them; these bring more of
   * our cells into the wave, and so on round the border.
   * @param cut takes those out of the wave that do not run by themselves
   */
  widen(wave: Wave, changed: ReadonlySet<Variable>, cut: () => void): void {
    if (this.#program.graph.crossing.size === 0) return;
    const announced: Record<string, number> = {};
    for (let ours = this.#oursIn(wave, changed, announced); ours.length > 0; ) {
      Object.assign(announced, this.#crossing.bump(ours));
      for (const name of this.#program.reach(ours)) {
        const variable = this.#remote.awaitAnew(name);
        if (variable) wave.add(variable);
      }
      cut();
      ours = this.#oursIn(wave, changed, announced);
    }
    delete announced[toldNext(wave, changed) ?? ""];
    if (Object.keys(announced).length > 0) this.send({ type: "pending", versions: announced });
  }

  /**
   * Versions that a run of this cell, starting now, rests on. A cell that runs by hand rests on none: its value holds
   * whatever becomes of its inputs.
   */
  basisOf(cell: ProgramCell): Basis {
    if (this.#program.graph.crossing.size === 0 || !this.#program.runsByItself(cell)) return {};
    return cell.compiled.inputs.reduce(
      (basis, name) => mergeBasis(basis, this.#basisOfInput(name)),
      {} as Basis,
    );
  }

  /** Names of ours that cross and change in this wave, without those announced already. */
  #oursIn(wave: Wave, changed: ReadonlySet<Variable>, announced: Basis): string[] {
    return [...wave.variables, ...changed].flatMap(({ _name: name }) =>
      name !== null && this.#isOurs(name) && !(name in announced) ? [name] : [],
    );
  }

  /** Whether a name is defined here and used in the other place. */
  #isOurs(name: string): boolean {
    return this.#place !== "all" && this.#program.graph.crossing.get(name) === this.#place;
  }

  /** Whether a name is defined in the other place and used here. */
  #isTheirs(name: string): boolean {
    const home = this.#program.graph.crossing.get(name);
    return this.#place !== "all" && home !== undefined && home !== this.#place;
  }

  #basisOfInput(name: string): Basis {
    if (this.#remote.has(name)) return this.#crossing.basisOfRemote(name);
    const basis = this.#definerBasis(name);
    return this.#isOurs(name) ? { ...basis, [name]: this.#crossing.version(name) } : basis;
  }

  #definerBasis(name: string): Basis {
    const definer = this.#program.graph.definer.get(name);
    return (definer !== undefined && this.#options.basisOfCell(definer)) || {};
  }

  /** To the other place, if this one feeds it. */
  send(message: BridgeMessage): void {
    if (this.#place !== "all" && !this.#crossing.follower) this.#options.host.send(message);
  }

  /** The other place is new: what it told is void, and it needs all that it uses. */
  #meet(): void {
    this.#crossing.forget();
    for (const name of this.#remote.names()) this.#remote.refresh(name);
    this.outgoing.sendAll();
  }
}

/**
 * The name whose new value follows before anything else: to announce it would only make the other place compute
 * twice. Those that are told after it must be announced, for a cell may use both.
 */
function toldNext(wave: Wave, changed: ReadonlySet<Variable>): string | null {
  const [first] = [...changed].filter((variable) => !wave.variables.has(variable));
  return first && !isLazy(first._value) ? first._name : null;
}
