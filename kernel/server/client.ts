import type { ToShell } from "../notebook/protocol.ts";

/** A tab at the other end of a socket. */
export interface Client {
  /** The tab's own name, in `edited` messages. */
  readonly id: string;
  /** The Host header that it came in through: its sandbox stands under the other loopback name. */
  readonly host: string;
  send(message: ToShell): void;
}
