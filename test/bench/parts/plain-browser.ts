/**
 * Chromium as a user has it: playwright would keep every page visible and its timers at full speed. Spoken to by the
 * few commands of the DevTools protocol that a bench needs.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { browserPath } from "../../browser/app.ts";

interface Target {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

export class PlainBrowser {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #address: string;

  private constructor(process: ChildProcess, folder: string, address: string) {
    this.#process = process;
    this.#folder = folder;
    this.#address = address;
  }

  static async open(url: string): Promise<PlainBrowser> {
    const folder = await mkdtemp(join(tmpdir(), "percolate-browser-"));
    const flags = ["--headless=new", "--no-sandbox", "--no-first-run", "--remote-debugging-port=0"];
    const process = spawn(browserPath, [...flags, `--user-data-dir=${folder}`, url], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let printed = "";
    for await (const text of process.stderr ?? []) {
      printed += text;
      const address = /ws:\/\/([\d.]+:\d+)/.exec(printed)?.[1];
      if (!address) continue;
      process.stderr?.resume();
      return new PlainBrowser(process, folder, `http://${address}`);
    }
    throw new Error(`Chromium did not start: ${printed}`);
  }

  /** Waits for a page, or a frame that has a process of its own, and speaks to it. */
  async attach(type: "page" | "iframe"): Promise<Attached> {
    for (;;) {
      const targets = (await (await fetch(`${this.#address}/json/list`)).json()) as Target[];
      const target = targets.find((each) => each.type === type);
      if (target) return await Attached.to(target.webSocketDebuggerUrl);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Another tab comes to the front: the pages of the others are hidden. */
  async openTab(): Promise<void> {
    await fetch(`${this.#address}/json/new?about:blank`, { method: "PUT" });
  }

  async close(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Evaluated {
  readonly result?: { readonly result: { readonly value?: unknown }; readonly exceptionDetails?: object };
}

export class Attached {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Evaluated) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const answer = JSON.parse(String(data)) as Evaluated & { id: number };
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async to(url: string): Promise<Attached> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, "open");
    return new Attached(socket);
  }

  /** Value of an expression there; a promise's once it settles. */
  async evaluate<T>(expression: string): Promise<T> {
    const id = ++this.#last;
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await new Promise<Evaluated>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method: "Runtime.evaluate", params }));
    });
    if (result?.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails));
    return result?.result.value as T;
  }

  /** Waits until an expression is true there, a minute at most. */
  async until(expression: string): Promise<void> {
    const end = performance.now() + 60_000;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (performance.now() > end) throw new Error(`in a minute it was never true that ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  close(): void {
    this.#socket.close();
  }
}
