import type { RawData, WebSocket } from "ws";
import { packFrame, unpackFrame } from "../notebook/bridge/frame.ts";
import { inputError, toFailure, UserError } from "../notebook/errors.ts";
import { type FromShell, protocolVersion, type ToShell } from "../notebook/protocol.ts";
import type { Client } from "./client.ts";
import type { Hub } from "./hub.ts";
import type { NotebookSession } from "./notebook-session.ts";
import { readShellMessage } from "./shell-messages.ts";

const pingMs = 20_000;

/** Serves one tab over its socket: first `open`, then whatever it asks of that notebook, in order. */
export function serveShell(socket: WebSocket, host: string, hub: Hub): void {
  new ShellSocket(socket, host, hub);
}

class ShellSocket implements Client {
  readonly host: string;
  readonly #socket: WebSocket;
  readonly #hub: Hub;
  #id = "";
  #session: NotebookSession | null = null;
  /** Messages are begun in the order in which they came; only opening is waited for. */
  #opening: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, host: string, hub: Hub) {
    this.#socket = socket;
    this.#hub = hub;
    this.host = host;
    hub.connect(this);
    socket.on("message", (data, binary) => this.#receive(data, binary));
    socket.once("close", () => this.#leave());
    socket.on("error", () => socket.terminate());
    watchPulse(socket);
  }

  get id(): string {
    return this.#id;
  }

  send(message: ToShell): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(packFrame(message));
  }

  #receive(data: RawData, binary: boolean): void {
    try {
      this.#dispatch(readShellMessage(unpacked(data, binary)));
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #dispatch(message: FromShell): void {
    if (message.type === "open") this.#opening = this.#opening.then(() => this.#open(message));
    else this.#opening.then(() => this.#pass(message)).catch((thrown) => this.#fail(thrown));
  }

  async #open(message: Extract<FromShell, { type: "open" }>): Promise<void> {
    try {
      if (message.protocol !== protocolVersion) throw otherVersion(message.protocol);
      const session = await this.#hub.session(message.path);
      this.#detach();
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      this.#id = message.client;
      this.#session = session;
      session.attach(this);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Starts the work without waiting for it: a query must not hold up an edit, nor a stop. */
  #pass(message: Exclude<FromShell, { type: "open" }>): void {
    if (!this.#session)
      throw inputError(`"${message.type}" came before a notebook was open`, "reload the page");
    void this.#session.receive(this, message);
  }

  #leave(): void {
    this.#hub.disconnect(this);
    void this.#opening.then(() => this.#detach());
  }

  #detach(): void {
    const session = this.#session;
    this.#session = null;
    session?.detach(this);
    if (session) this.#hub.left(session);
  }

  #fail(thrown: unknown): void {
    if (!(thrown instanceof UserError)) console.error(thrown);
    this.send({ type: "failure", failure: toFailure(thrown) });
  }
}

/** @throws UserError for bytes that are no frame */
function unpacked(data: RawData, binary: boolean): unknown {
  try {
    return unpackFrame(frameOf(data, binary));
  } catch (error) {
    throw inputError(`the page sent what is no message: ${(error as Error).message}`, "reload the page");
  }
}

function frameOf(data: RawData, binary: boolean): string | Uint8Array {
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? new Uint8Array(data)
      : data;
  if (!binary) return Buffer.from(bytes).toString("utf8");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function otherVersion(theirs: number): UserError {
  return inputError(
    `the page speaks version ${theirs} of the protocol, the server version ${protocolVersion}`,
    "reload the page",
  );
}

/** A tab whose machine slept or whose process died is noticed by its silence. */
function watchPulse(socket: WebSocket): void {
  let alive = true;
  socket.on("pong", () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, pingMs).unref();
  socket.once("close", () => clearInterval(timer));
}
