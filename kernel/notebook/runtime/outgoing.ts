/** Tells the other place the values of our names that it uses. */
import { encode } from "../bridge/codec.ts";
import { type Failure, toFailure } from "../errors.ts";
import type { Basis, BridgeMessage } from "../protocol.ts";
import { isLazy, type Lazy, lazy } from "./lazy.ts";
import type { Outcome } from "./live-cell.ts";
import type { Program } from "./program.ts";
import { upstreamFailure } from "./upstream-failure.ts";

export interface OutgoingOptions {
  readonly program: Program;
  readonly isOurs: (name: string) => boolean;
  /** Whether nobody listens, since another tab feeds the other place. */
  readonly isMute: () => boolean;
  /** The present version of one of our names. */
  readonly version: (name: string) => number;
  /** What the present value of a name was made from. */
  readonly basis: (name: string) => Basis;
  readonly send: (message: BridgeMessage) => void;
}

export class Outgoing {
  readonly #options: OutgoingOptions;
  /** The latest value or failure of each name that a cell here defines. */
  readonly #outcomes = new Map<string, Outcome>();
  /** Names whose present value the other place has been sent. */
  readonly #valued = new Set<string>();

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  outcome(name: string): Outcome | undefined {
    return this.#outcomes.get(name);
  }

  forget(name: string): void {
    this.#outcomes.delete(name);
  }

  /** A name got a value, or failed; `again`: it is the value that it had, of newer inputs. */
  published(name: string, outcome: Outcome, again: boolean): void {
    this.#outcomes.set(name, outcome);
    if (!this.#options.isOurs(name)) return void this.#valued.delete(name);
    if (!again || !this.#repeat(name)) this.#publish(name, outcome, this.#options.basis(name));
  }

  /** The value of a name stands, but what it rests on is to be told anew. */
  retell(name: string): void {
    const outcome = this.#outcomes.get(name);
    if (outcome) this.published(name, outcome, true);
  }

  /** A name of a cell that must not run. */
  refused(name: string, cell: number, failure: Failure): void {
    if (this.#options.isOurs(name))
      this.#publish(name, { failure: upstreamFailure(name, cell, failure) }, {});
  }

  /** Everything that crosses. */
  sendAll(): void {
    for (const [name, outcome] of this.#outcomes) this.#publish(name, outcome, this.#options.basis(name));
    const { graph } = this.#options.program;
    for (const [id, failure] of graph.failures)
      for (const name of graph.cell(id)?.compiled.outputs ?? []) this.refused(name, id, failure);
  }

  /** Names that have begun to cross with a change of the program are sent as they are. */
  announceCrossing(crossed: Iterable<string>): void {
    const { isOurs, basis } = this.#options;
    for (const name of crossed) {
      const outcome = this.#outcomes.get(name);
      if (!isOurs(name)) this.#valued.delete(name);
      else if (outcome) this.#publish(name, outcome, basis(name));
    }
  }

  #publish(name: string, outcome: Outcome, basis: Basis): void {
    this.#valued.delete(name);
    if (!this.#options.isOurs(name) || this.#options.isMute()) return;
    if ("value" in outcome && isLazy(outcome.value)) return this.#publishLater(name, outcome.value, basis);
    if ("failure" in outcome) return this.#fail(name, basis, this.#outward(name, outcome.failure));
    try {
      this.#options.send({
        type: "value",
        name,
        ...this.#versions(name),
        basis,
        value: encode(outcome.value),
      });
      this.#valued.add(name);
    } catch (error) {
      this.#fail(name, basis, this.#untransferable(name, toFailure(error)));
    }
  }

  #fail(name: string, basis: Basis, failure: Failure): void {
    this.#options.send({ type: "failed", name, ...this.#versions(name), basis, failure });
  }

  /** Tells that a name has the value that was sent before, of newer inputs. @returns false if none was sent. */
  #repeat(name: string): boolean {
    if (!this.#valued.has(name)) return false;
    this.#options.send({
      type: "same",
      name,
      ...this.#versions(name),
      basis: this.#options.basis(name),
    });
    return true;
  }

  #publishLater(name: string, value: Lazy, basis: Basis): void {
    const version = this.#options.version(name);
    const publish = (outcome: Outcome) => {
      if (this.#options.version(name) === version) this.#publish(name, outcome, basis);
    };
    value[lazy]().then(
      (awake) => publish({ value: awake }),
      (error: unknown) => publish({ failure: toFailure(error) }),
    );
  }

  #versions(name: string) {
    return { version: this.#options.version(name), program: this.#options.program.version };
  }

  #outward(name: string, failure: Failure): Failure {
    if (failure.kind === "upstream") return failure;
    return upstreamFailure(name, this.#options.program.graph.definer.get(name) ?? 0, failure);
  }

  #untransferable(name: string, failure: Failure): Failure {
    const definer = this.#options.program.graph.definer.get(name);
    return {
      ...failure,
      message: `${name} of cell ${definer}: ${failure.message}`,
      ...(definer === undefined ? {} : { cells: [definer] }),
    };
  }
}
