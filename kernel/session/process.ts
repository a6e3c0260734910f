/** The kernel process of one notebook: `process.js WORKSPACE NOTEBOOK`, forked by the server. */
import { resolve } from "node:path";
import { workspaceAt } from "../catalog/workspace.ts";
import { authorText, cellOfStack } from "../notebook/compiler/positions.ts";
import { UserError } from "../notebook/errors.ts";
import { type CellRequest, type FromKernel, protocolVersion, type ToKernel } from "../notebook/protocol.ts";
import { PlaceRuntime } from "../notebook/runtime/place.ts";
import { ConsoleFlow } from "./console-flow.ts";
import { SessionHost } from "./host.ts";
import { answerRequest } from "./requests.ts";
import { openSources } from "./sources.ts";
import { watch } from "./watched.ts";

function start(root: string, notebook: string): void {
  const workspace = workspaceAt(root);
  const sources = openSources(workspace);
  const host = new SessionHost({
    place: "kernel",
    workspace,
    notebook,
    ...sources,
    emit: new ConsoleFlow((event) => send({ type: "event", event })).emit,
    send: (message) => send({ type: "bridge", message }),
    view: refuseView,
    rows: 100,
    paged: true,
    patience: Number.POSITIVE_INFINITY,
  });
  const runtime = new PlaceRuntime(host);
  /** Requests that are not answered yet. */
  const open = new Map<number, AbortController>();
  process.on("message", (message) => receive(message as ToKernel));
  process.on("disconnect", () => process.exit(0));
  process.on("unhandledRejection", (error) => tell(error));
  process.on("uncaughtException", (error) => tell(error));
  watch(resolve(import.meta.dirname, "watchdog.js"), {
    stop: () => {
      for (const id of runtime.running()) runtime.stop(id);
    },
    terminated: (cells) => runtime.terminated(cells),
  });
  void sources.engine();
  send({ type: "ready", protocol: protocolVersion });
  runtime.hello();

  function receive(message: ToKernel): void {
    switch (message.type) {
      case "program":
        return runtime.apply(message.change);
      case "bridge":
        return runtime.receive(message.message);
      case "request":
        return answer(message.id, message.request);
      case "cancel":
        open.get(message.id)?.abort();
        return;
      case "shutdown":
        process.exit(0);
    }
  }

  function answer(id: number, request: CellRequest): void {
    const controller = new AbortController();
    open.set(id, controller);
    void answerRequest(request, host, sources.engine, controller.signal).then((answer) => {
      open.delete(id);
      send({ type: "answer", id, answer });
    });
  }

  function tell(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    host.emit({
      type: "console",
      cell: cellOfStack(text),
      level: "error",
      text: `Uncaught ${authorText(text)}`,
    });
  }
}

function send(message: FromKernel): void {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

function refuseView(): never {
  throw new UserError({
    kind: "input",
    message: "view() needs the page, and this cell runs on the kernel",
    remedy: "run the cell in the browser",
  });
}

const [, , root, notebook] = process.argv;
if (root !== undefined && notebook !== undefined) start(root, notebook);
