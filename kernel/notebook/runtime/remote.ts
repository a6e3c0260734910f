/** The variables that stand here for names which the other place defines. */
import { decode } from "../bridge/codec.ts";
import { UserError } from "../errors.ts";
import type { Encoded } from "../protocol.ts";
import type { Arrival, Crossing } from "./crossing.ts";
import type { FreeVariables } from "./free-variables.ts";
import type { Scheduler, Variable } from "./scheduler.ts";

interface Remote {
  readonly variable: Variable;
  /** What the variable shows now: an arrival, or null while it waits. */
  shown: Arrival | null;
}

export class RemoteVariables {
  readonly #remotes = new Map<string, Remote>();
  /** A value that is told again is not made again. */
  readonly #decoded = new WeakMap<Encoded, unknown>();
  readonly #scheduler: Scheduler;
  readonly #crossing: Crossing;

  constructor(scheduler: Scheduler, crossing: Crossing) {
    this.#scheduler = scheduler;
    this.#crossing = crossing;
  }

  has(name: string): boolean {
    return this.#remotes.has(name);
  }

  names(): string[] {
    return [...this.#remotes.keys()];
  }

  /** Whether a value of the other place is awaited. */
  awaiting(): boolean {
    for (const { shown } of this.#remotes.values()) if (shown === null) return true;
    return false;
  }

  /** Whether anything here comes from the other place. */
  get isUsed(): boolean {
    return this.#remotes.size > 0;
  }

  release(name: string, free: FreeVariables): void {
    const remote = this.#remotes.get(name);
    if (!remote) return;
    this.#remotes.delete(name);
    free.add(name, remote.variable);
  }

  add(name: string, free: FreeVariables): void {
    const taken = free.take(name);
    const variable = taken ? this.#scheduler.adopt(taken, {}) : this.#scheduler.variable({});
    const remote: Remote = { variable, shown: this.#crossing.current(name) };
    this.#remotes.set(name, remote);
    variable.define(name, [], () => this.#value(remote.shown));
  }

  /** Shows the value that counts now, or waits for it; only a difference starts a wave. */
  refresh(name: string): void {
    const remote = this.#remotes.get(name);
    if (!remote) return;
    const current = this.#crossing.current(name);
    if (current === remote.shown) return;
    remote.shown = current;
    this.#scheduler.update(remote.variable);
  }

  /**
   * Something that this name depends on changes in the coming wave: it waits for a value made from that.
   * @returns the variable to compute in that wave, or undefined if the name is not one of these or waits already.
   */
  awaitAnew(name: string): Variable | undefined {
    const remote = this.#remotes.get(name);
    if (!remote) return undefined;
    this.#crossing.await(name);
    const current = this.#crossing.current(name);
    if (current === remote.shown) return undefined;
    remote.shown = current;
    return remote.variable;
  }

  #value(arrival: Arrival | null): unknown {
    if (arrival === null) return new Promise(() => {});
    if (arrival.type === "failed") throw new UserError(arrival.failure);
    if (!this.#decoded.has(arrival.value)) this.#decoded.set(arrival.value, decode(arrival.value));
    return this.#decoded.get(arrival.value);
  }
}
