import type { BridgeMessage } from "../notebook/protocol.ts";
import type { Client } from "./client.ts";
import { type Hold, lightenMessage } from "./large-parts.ts";

type Arrival = Extract<BridgeMessage, { type: "value" | "failed" }>;

export interface RelayEnds {
  toKernel(message: BridgeMessage): void;
  hold(client: Client): Hold;
}

/**
 * Carries values between the kernel and the tabs of one notebook. All tabs hear the kernel; only the first one, the
 * primary, feeds it. When that one leaves, the next takes over.
 */
export class BridgeRelay {
  readonly #ends: RelayEnds;
  readonly #clients: Client[] = [];
  /**
   * The latest of each name, so that a tab that comes later gets it without making the others compute again. Large
   * parts are not in it, the kernel process holds them.
   */
  readonly #latest = new Map<string, Arrival>();
  /** What the kernel last said of its stale cells. */
  #stale: BridgeMessage | null = null;

  constructor(ends: RelayEnds) {
    this.#ends = ends;
  }

  get primary(): Client | undefined {
    return this.#clients[0];
  }

  attach(client: Client): void {
    this.#clients.push(client);
  }

  detach(client: Client): void {
    const wasPrimary = client === this.primary;
    this.#clients.splice(this.#clients.indexOf(client), 1);
    const next = this.primary;
    if (!wasPrimary || !next) return;
    // What the kernel has of the old tab is void before the new one sends its own.
    this.#ends.toKernel({ type: "hello", fresh: true });
    next.send({ type: "primary", primary: true });
  }

  fromKernel(message: BridgeMessage): void {
    if (message.type === "hello") this.#latest.clear();
    if (message.type === "stale") this.#stale = message;
    if (message.type === "value" || message.type === "failed") this.#latest.set(message.name, message);
    for (const client of this.#clients) this.#give(client, message);
  }

  fromClient(client: Client, message: BridgeMessage): void {
    if (client === this.primary) this.#ends.toKernel(message);
    else if (message.type === "hello") this.#introduce(client);
  }

  #introduce(client: Client): void {
    if (this.#stale) this.#give(client, this.#stale);
    for (const value of this.#latest.values()) this.#give(client, value);
  }

  #give(client: Client, message: BridgeMessage): void {
    client.send({ type: "bridge", message: lightenMessage(message, this.#ends.hold(client)) });
  }
}
