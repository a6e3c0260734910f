/**
 * A kernel process: `process.js WORKSPACE MEMORY`, forked by the server. It loads what every notebook needs, says
 * that it is ready, and waits for the notebook that it runs.
 */
import { Socket } from "node:net";
import { resolve } from "node:path";
import { type Workspace, workspaceAt } from "../catalog/workspace.ts";
import { type FromKernel, protocolVersion, type ToKernel } from "../notebook/protocol.ts";
import { KernelSession } from "./kernel-session.ts";
import { rehearse } from "./rehearse.ts";
import { openSources } from "./sources.ts";
import { watchUncaught } from "./uncaught.ts";
import { watch } from "./watched.ts";
import { captureWrites } from "./writes.ts";

class KernelMain {
  readonly #workspace: Workspace;
  readonly #sources;
  #session: KernelSession | null = null;

  constructor(root: string, memory: number) {
    this.#workspace = workspaceAt(root);
    this.#sources = openSources(this.#workspace);
    process.on("message", (message, handle) => this.#receive(message as ToKernel, handle));
    process.on("disconnect", () => process.exit(0));
    watchUncaught((thrown) => this.#uncaught(thrown));
    captureWrites((text, stack, level) => this.#session?.wrote(text, stack, level));
    watch(resolve(import.meta.dirname, "watchdog.js"), memory, {
      stop: () => this.#session?.stop(),
      terminated: (cells) => this.#session?.terminated(cells),
    });
    send({ type: "ready", protocol: protocolVersion });
    void rehearse(this.#workspace, this.#sources);
  }

  /** Without a notebook there is nobody to tell, and the fault is our own. */
  #uncaught(error: unknown): void {
    if (this.#session) this.#session.uncaught(error);
    else process.exit(1);
  }

  #receive(message: ToKernel, handle: unknown): void {
    if (message.type === "serve") {
      // A page that has gone takes its connection with it.
      if (handle instanceof Socket) this.#session?.serve(message, handle);
      return;
    }
    if (message.type === "shutdown") process.exit(0);
    if (message.type !== "begin") return this.#session?.receive(message);
    this.#session = new KernelSession(this.#workspace, message.notebook, this.#sources, send);
  }
}

function send(message: FromKernel): void {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

const [, , root, memory] = process.argv;
if (root !== undefined) new KernelMain(root, Number(memory));
