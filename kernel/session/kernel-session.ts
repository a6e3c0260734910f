/** One notebook's kernel cells in this process: its runtime, and what is asked of it. */
import type { Socket } from "node:net";
import type { Workspace } from "../catalog/workspace.ts";
import { cellOfStack } from "../notebook/compiler/positions.ts";
import { uncaughtLine } from "../notebook/display/error-text.ts";
import { UserError } from "../notebook/errors.ts";
import type { CellRequest, FromKernel, ToKernel } from "../notebook/protocol.ts";
import { PlaceRuntime } from "../notebook/runtime/place.ts";
import { ConsoleFlow } from "./console-flow.ts";
import { HeldParts } from "./held-parts.ts";
import { SessionHost } from "./host.ts";
import { answerRequest } from "./requests.ts";
import type { Sources } from "./sources.ts";

export class KernelSession {
  readonly #send: (message: FromKernel) => void;
  readonly #host: SessionHost;
  readonly #runtime: PlaceRuntime;
  readonly #flow: ConsoleFlow;
  readonly #held = new HeldParts();
  /** Requests that are not answered yet. */
  readonly #open = new Map<number, AbortController>();

  constructor(workspace: Workspace, notebook: string, sources: Sources, send: (message: FromKernel) => void) {
    this.#send = send;
    this.#flow = new ConsoleFlow((event) => send({ type: "event", event }));
    this.#host = new SessionHost({
      place: "kernel",
      workspace,
      notebook,
      ...sources,
      emit: this.#flow.emit,
      send: (message) => send({ type: "bridge", message: this.#held.ofMessage(message) }),
      view: refuseView,
      rows: 100,
      paged: true,
      patience: Number.POSITIVE_INFINITY,
    });
    this.#runtime = new PlaceRuntime(this.#host);
    this.#runtime.hello();
  }

  receive(message: ToKernel): void {
    switch (message.type) {
      case "program":
        return this.#runtime.apply(message.change);
      case "bridge":
        return this.#runtime.receive(message.message);
      case "request":
        return this.#answer(message.id, message.request);
      case "hold":
        return this.#runtime.hold(message.cells);
      case "moved":
        return this.#host.moved(message.notebook);
      case "cancel":
        this.#open.get(message.id)?.abort();
    }
  }

  /** Answers an HTTP request that the server handed over. */
  serve({ part, head }: Extract<ToKernel, { type: "serve" }>, socket: Socket): void {
    this.#held.serve(part, head, socket);
  }

  dispose(): void {
    this.#runtime.dispose();
    this.#host.results.close();
  }

  /** Ends what runs. */
  stop(): void {
    for (const id of this.#runtime.running()) this.#runtime.stop(id);
  }

  /** Synchronous code of these cells has been terminated. */
  terminated(cells: readonly number[]): void {
    this.#runtime.terminated(cells);
  }

  /** Something was thrown that no cell's run caught. */
  uncaught(error: unknown): void {
    this.#flow.emit(uncaughtLine(error));
  }

  /** Text that code of cells, or of modules they call, wrote past their `console`. */
  wrote(text: string, stack: string, level: "log" | "warn"): void {
    const running = this.#runtime.running();
    const cell = cellOfStack(stack) ?? (running.length === 1 ? (running[0] ?? null) : null);
    this.#flow.emit({ type: "console", cell, level, text: text.replace(/\n$/, "") });
  }

  #answer(id: number, request: CellRequest): void {
    const controller = new AbortController();
    this.#open.set(id, controller);
    void answerRequest(request, this.#host, controller.signal).then((answer) => {
      this.#open.delete(id);
      this.#send({ type: "answer", id, answer: this.#held.ofAnswer(answer) });
    });
  }
}

function refuseView(): never {
  throw new UserError({
    kind: "input",
    message: "view() needs the page, and this cell runs on the kernel",
    remedy: "run the cell in the browser",
  });
}
