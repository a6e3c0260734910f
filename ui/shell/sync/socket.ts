import { socketPath } from "../../../kernel/notebook/api.ts";
import { packFrame, unpackFrame } from "../../../kernel/notebook/bridge/frame.ts";
import type { FromShell, ToShell } from "../../../kernel/notebook/protocol.ts";

export interface SocketEvents {
  /** Connected, for the first time or again. */
  opened(): void;
  message(message: ToShell): void;
  /** Not connected; tries again by itself. */
  closed(): void;
}

const firstDelay = 250;
const longestDelay = 8_000;

/** A WebSocket to the server that connects again, with growing pauses, until closed. */
export class Socket {
  #socket: WebSocket | null = null;
  #delay = firstDelay;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  readonly #events: SocketEvents;

  constructor(events: SocketEvents) {
    this.#events = events;
    window.addEventListener("online", this.retry);
    this.#connect();
  }

  /** Sends if connected; what matters is sent again after `opened`. */
  send(message: FromShell): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(packFrame(message));
  }

  /** Tries at once instead of waiting out the pause. */
  readonly retry = (): void => {
    if (this.#socket || this.#closed) return;
    clearTimeout(this.#timer);
    this.#connect();
  };

  /** Begins anew with a fresh connection. */
  restart(): void {
    this.#socket?.close();
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener("online", this.retry);
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + socketPath);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#delay = firstDelay;
      this.#events.opened();
    };
    socket.onmessage = ({ data }) => this.#events.message(read(data));
    socket.onclose = () => this.#lost();
  }

  #lost(): void {
    this.#socket = null;
    if (this.#closed) return;
    this.#events.closed();
    this.#timer = setTimeout(this.retry, this.#delay);
    this.#delay = Math.min(longestDelay, this.#delay * 2);
  }
}

function read(data: string | ArrayBuffer): ToShell {
  return unpackFrame(typeof data === "string" ? data : new Uint8Array(data)) as ToShell;
}
