import { Inbox } from "../../kernel/notebook/bridge/inbox.ts";
import type { ToSandbox } from "../../kernel/notebook/protocol.ts";
import { PlaceRuntime } from "../../kernel/notebook/runtime/place.ts";
import { makeLibrary } from "../library/library.ts";
import { watchErrors } from "./console.ts";
import { EventBuffer } from "./event-buffer.ts";
import { watchFocus } from "./focus.ts";
import { SandboxHost } from "./host.ts";
import { Imports } from "./imports.ts";
import { InputMemory } from "./input-memory.ts";
import { enterOutput, forwardKeys } from "./keys.ts";
import { Layout } from "./layout.ts";
import { keepFormsWithin, keepLinksWithin } from "./links.ts";
import type { Port } from "./port.ts";
import { Preview } from "./preview.ts";
import { loadBytes, Requests } from "./requests.ts";
import { Snapshots } from "./snapshots.ts";
import { setTheme } from "./theme.ts";

/** The parts of a sandbox, connected to the page around by `port`. */
export class Sandbox {
  readonly #port: Port;
  readonly #column: HTMLElement;
  readonly #layout: Layout;
  readonly #requests: Requests;
  readonly #memory: InputMemory;
  readonly #host: SandboxHost;
  readonly #imports: Imports;
  readonly #runtime: PlaceRuntime;
  readonly #inbox: Inbox;
  readonly #preview: Preview;

  constructor(column: HTMLElement, port: Port) {
    this.#port = port;
    this.#column = column;
    const events = new EventBuffer((some) => port.send({ type: "events", events: some }));
    const { emit } = events;
    this.#layout = new Layout(column, (heights) => port.send({ type: "heights", heights }));
    this.#requests = new Requests(
      (id, request) => port.send({ type: "request", id, request }),
      (id) => port.send({ type: "cancel", id }),
    );
    this.#memory = new InputMemory((cell, values) => port.send({ type: "inputs", cell, values }));
    const snapshots = new Snapshots(
      (cell) => this.#host.snapshot(cell),
      (cell, outputs) => port.send({ type: "snapshot", cell, outputs }),
    );
    const ask = this.#requests.ask;
    const library = makeLibrary({ ask, column });
    this.#imports = new Imports(ask, library);
    this.#host = new SandboxHost({
      layout: this.#layout,
      library,
      ask,
      imports: this.#imports,
      memory: this.#memory,
      snapshots,
      events,
      send: (message) => port.send({ type: "bridge", message }),
    });
    this.#preview = new Preview(library, (cell, element) => this.#host.showDraft(cell, element));
    this.#runtime = new PlaceRuntime(this.#host);
    this.#inbox = new Inbox(loadBytes, (message) => this.#runtime.receive(message));
    snapshots.watch(column);
    watchErrors(emit);
    watchFocus(column, (cell) => port.send({ type: "focus", cell }));
    forwardKeys(column, (message) => port.send(message));
    keepLinksWithin(column);
    keepFormsWithin(column);
  }

  /** Asks the kernel for what crosses, once the port listens. */
  start(): void {
    this.#runtime.hello();
  }

  receive(message: ToSandbox): void {
    switch (message.type) {
      case "preview":
        return void this.#preview.draw(message.cell);
      case "program":
        this.#preview.ran(message.change.cells);
        return this.#runtime.apply(message.change);
      case "bridge":
        return this.#inbox.receive(message.message);
      case "outputs":
        return this.#host.showOutputs(message);
      case "reserve":
        for (const [cell, height] of Object.entries(message.heights))
          this.#host.reserve(Number(cell), height);
        return;
      case "layout":
        return this.#layout.place(message);
      case "answer":
        return this.#requests.answer(message.id, message.answer);
      case "theme":
        return setTheme(message.theme);
      case "address":
        this.#imports.address = message.url;
        return;
      case "inputs":
        return this.#memory.adopt(message.values);
      case "stop":
        for (const cell of message.cells) this.#runtime.stop(cell);
        return;
      case "hold":
        return this.#runtime.hold(message.cells);
      case "primary":
        return this.#runtime.lead(message.primary);
      case "enter":
        return enterOutput(this.#column, message.cell, message.from);
      case "ping":
        return this.#port.send({ type: "pong" });
    }
  }
}
