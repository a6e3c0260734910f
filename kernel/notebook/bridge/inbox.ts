/** Messages of the other place, in order, each with all its parts: those that were held back are fetched first. */
import { toFailure } from "../errors.ts";
import type { BridgeMessage } from "../protocol.ts";
import { fetchParts } from "./codec.ts";

export class Inbox {
  readonly #load: (url: string) => Promise<Uint8Array>;
  readonly #deliver: (message: BridgeMessage) => void;
  #last: Promise<void> | null = null;

  constructor(load: (url: string) => Promise<Uint8Array>, deliver: (message: BridgeMessage) => void) {
    this.#load = load;
    this.#deliver = deliver;
  }

  receive(message: BridgeMessage): void {
    if (!this.#last && isWhole(message)) this.#deliver(message);
    else this.#queue(message);
  }

  #queue(message: BridgeMessage): void {
    const whole = this.#complete(message);
    const turn: Promise<void> = (this.#last ?? Promise.resolve())
      .then(() => whole)
      .then((complete) => {
        if (this.#last === turn) this.#last = null;
        this.#deliver(complete);
      });
    this.#last = turn;
  }

  /** A value whose parts cannot be had has failed. */
  async #complete(message: BridgeMessage): Promise<BridgeMessage> {
    if (message.type !== "value") return message;
    try {
      return { ...message, value: await fetchParts(message.value, this.#load) };
    } catch (error) {
      const { name, version, basis, program } = message;
      const reason = toFailure(error).message;
      const failure = {
        kind: "transfer",
        message: `${name} did not arrive: ${reason}`,
        remedy: "run its cell again",
      } as const;
      return { type: "failed", name, version, basis, program, failure };
    }
  }
}

function isWhole(message: BridgeMessage): boolean {
  return message.type !== "value" || message.value.parts.every((part) => part instanceof Uint8Array);
}
