import { type FromSandbox, protocolVersion, type ToSandbox } from "../../../kernel/notebook/protocol.ts";
import { SandboxPulse } from "./sandbox-pulse.ts";

export interface SandboxEvents {
  /** A fresh sandbox listens; nothing has been sent to it yet. */
  ready(): void;
  message(message: FromSandbox): void;
  /** The sandbox did not come up. */
  failed(reason: string): void;
  /** The sandbox has ceased to answer, or answers again. */
  stuck(stuck: boolean): void;
}

const permissions = "allow-scripts allow-forms allow-popups allow-downloads allow-modals";
const patienceMs = 15_000;

/** The iframe that runs browser cells, and the port to it. Stopping a cell that never yields means a new iframe. */
export class SandboxHost {
  readonly #url: () => Promise<string>;
  readonly #column: HTMLElement;
  readonly #events: SandboxEvents;
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  #ready = false;
  readonly #pulse: SandboxPulse;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param url asked anew for each iframe: a server that was restarted has another one */
  constructor(url: () => Promise<string>, column: HTMLElement, events: SandboxEvents) {
    this.#url = url;
    this.#column = column;
    this.#events = events;
    this.#pulse = new SandboxPulse(
      () => this.post({ type: "ping" }),
      (stuck) => events.stuck(stuck),
    );
    this.replace();
  }

  get ready(): boolean {
    return this.#ready;
  }

  get frame(): HTMLElement | null {
    return this.#frame;
  }

  /** Sends to a sandbox that is ready; before that nothing is sent, `ready` says when to send everything. */
  post(message: ToSandbox): void {
    if (this.#ready) this.#port?.postMessage(message, buffersOf(message));
  }

  /** Ends whatever runs in the sandbox and starts a fresh one. */
  replace(): void {
    this.close();
    const frame = document.createElement("iframe");
    frame.title = "Outputs";
    frame.className = "sandbox";
    // Its outputs come in the order of the cells: each from its own slot (output-slot.tsx).
    frame.tabIndex = -1;
    frame.setAttribute("sandbox", permissions);
    frame.allow = "fullscreen; clipboard-write";
    frame.addEventListener("load", () => this.#connect(frame));
    this.#await();
    this.#frame = frame;
    void this.#load(frame);
  }

  #await(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#events.failed("no answer"), patienceMs);
  }

  async #load(frame: HTMLIFrameElement): Promise<void> {
    try {
      frame.src = await this.#url();
      if (frame === this.#frame) this.#column.prepend(frame);
    } catch {
      this.#events.failed("no address");
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#pulse.stop();
    this.#ready = false;
    this.#port?.close();
    this.#port = null;
    this.#frame?.remove();
    this.#frame = null;
  }

  #connect(frame: HTMLIFrameElement): void {
    if (frame !== this.#frame) return;
    // Code in the sandbox may have sent it elsewhere: then nobody answers any more.
    this.#ready = false;
    this.#pulse.stop();
    this.#await();
    this.#port?.close();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<FromSandbox>) => this.#receive(data);
    frame.contentWindow?.postMessage({ type: "percolate-port" }, "*", [port2]);
  }

  #receive(message: FromSandbox): void {
    if (message.type === "pong") return this.#pulse.answered();
    if (message.type !== "ready") return this.#events.message(message);
    clearTimeout(this.#timer);
    if (message.protocol !== protocolVersion) return this.#events.failed("another version");
    this.#ready = true;
    this.#pulse.start();
    this.#events.ready();
  }
}

/** Buffers of values that only pass through: moved, not copied. */
function buffersOf(message: ToSandbox): ArrayBuffer[] {
  const parts = passingParts(message).filter((part) => part instanceof Uint8Array);
  const buffers = new Set(parts.map((part) => part.buffer).filter((buffer) => buffer instanceof ArrayBuffer));
  return [...buffers];
}

function passingParts(message: ToSandbox): readonly unknown[] {
  if (message.type === "answer" && "ok" in message.answer) return message.answer.ok.parts;
  if (message.type === "bridge" && message.message.type === "value") return message.message.value.parts;
  return [];
}
