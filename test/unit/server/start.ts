import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { packFrame, unpackFrame } from "../../../kernel/notebook/bridge/frame.ts";
import type { Output } from "../../../kernel/notebook/display/output.ts";
import { shownAfter } from "../../../kernel/notebook/display/shown-after.ts";
import { applyAll } from "../../../kernel/notebook/document/apply.ts";
import { type CellSpec, type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { type FromShell, protocolVersion, type ToShell } from "../../../kernel/notebook/protocol.ts";
import type { KernelOptions } from "../../../kernel/server/hub.ts";
import { type RunningServer, startServer } from "../../../kernel/server/server.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  json(): unknown;
}

/** A server over a workspace of its own, with pages that stand for the built ones. */
export async function startTestServer(built?: string, kernels: KernelOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "percolate-workspace-"));
  const root = built ?? join(folder, "root");
  process.env.XDG_CONFIG_HOME = join(folder, "config");
  for (const part of ["shell", "sandbox", "assets"])
    mkdirSync(join(root, "dist/ui", part), { recursive: true });
  const page = '<!doctype html><script type="module" src="../assets/main.js"></script>';
  for (const part of ["shell", "sandbox"]) writeFileSync(join(root, "dist/ui", part, "index.html"), page);
  writeFileSync(join(root, "dist/ui/assets/main.js"), "export const a = 1;");
  for (const part of ["notebooks", "templates", "data"]) mkdirSync(join(folder, part));
  const server = await startServer({ workspace: workspaceAt(folder), port: 0, root, kernels });
  return new StartedServer(server, folder);
}

/** A server as its users see it: by its port and token. */
export class TestServer {
  readonly door: Pick<RunningServer, "port" | "token">;
  readonly folder: string;
  cookie = "";

  constructor(door: Pick<RunningServer, "port" | "token">, folder: string) {
    this.door = door;
    this.folder = folder;
  }

  get host(): string {
    return `127.0.0.1:${this.door.port}`;
  }

  get origin(): string {
    return `http://${this.host}`;
  }

  /** Takes the session's cookie, as the browser does. */
  async enter(): Promise<void> {
    const answer = await this.send("GET", `/open?token=${this.door.token}`);
    this.cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  }

  /** A bare request: only the headers that are given. */
  send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Buffer,
  ): Promise<Answered> {
    const { port } = this.door;
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, method, path, headers: { host: this.host, ...headers } };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: response.headers, text, json: () => JSON.parse(text) });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** A request as the shell's page sends it. */
  async ask(method: string, path: string, body?: unknown): Promise<Answered> {
    const headers = { cookie: this.cookie, origin: this.origin, "content-type": "application/json" };
    return this.send(method, path, headers, body === undefined ? undefined : JSON.stringify(body));
  }

  /** Makes a notebook of this user's, with these cells. */
  async notebook(title: string, ...cells: CellSpec[]): Promise<string> {
    const { path } = (await this.ask("POST", "/api/notebooks", { title })).json() as { path: string };
    const tab = await this.tab(path);
    tab.edit(
      { type: "delete", cell: 1 },
      { type: "delete", cell: 2 },
      ...cells.map((spec) => ({ type: "insert", cell: toCell(spec), after: spec.id - 1 || null }) as const),
    );
    await tab.until(() => tab.notebook.cells.length === cells.length);
    await tab.wait("saved");
    await tab.close();
    return path;
  }

  /** Opens a notebook as a tab does. */
  async tab(path: string, name = `tab-${Math.random()}`): Promise<Tab> {
    const headers = { cookie: this.cookie, origin: this.origin };
    const socket = new WebSocket(`ws://${this.host}/api/socket`, { headers });
    await once(socket, "open");
    const tab = new Tab(socket, name);
    tab.tell({ type: "open", protocol: protocolVersion, path, client: name });
    await tab.until(() => tab.got.some(({ type }) => type === "opened" || type === "failure"));
    return tab;
  }
}

export class StartedServer extends TestServer {
  readonly server: RunningServer;

  constructor(server: RunningServer, folder: string) {
    super(server, folder);
    this.server = server;
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a tab knows of its notebook, from messages alone. */
export class Tab {
  readonly got: ToShell[] = [];
  readonly name: string;
  notebook: Notebook = { title: "", cells: [] };
  version = 0;
  readonly #socket: WebSocket;
  #wake = () => {};

  constructor(socket: WebSocket, name: string) {
    this.name = name;
    this.#socket = socket;
    socket.on("message", (data: Buffer, binary) => {
      this.#take(unpackFrame(binary ? new Uint8Array(data) : data.toString()) as ToShell);
    });
  }

  tell(message: FromShell): void {
    this.#socket.send(packFrame(message));
  }

  edit(...operations: Extract<FromShell, { type: "edit" }>["operations"][number][]): void {
    this.tell({ type: "edit", base: this.version, operations });
  }

  all<T extends ToShell["type"]>(type: T): Extract<ToShell, { type: T }>[] {
    return this.got.filter((message) => message.type === type) as Extract<ToShell, { type: T }>[];
  }

  /** What a kernel cell shows, as JSON, as far as events have told; "null" if none has. */
  shown(cell: number): string {
    let shown: readonly Output[] | null = null;
    for (const { event } of this.all("event"))
      if (event.type === "outputs" && event.cell === cell) shown = shownAfter(shown ?? [], event);
    return JSON.stringify(shown);
  }

  /** The next message of a type that has not been waited for. */
  async wait<T extends ToShell["type"]>(type: T): Promise<Extract<ToShell, { type: T }>> {
    await this.until(() => this.got.some((message) => message.type === type));
    const at = this.got.findIndex((message) => message.type === type);
    return this.got.splice(at, 1)[0] as Extract<ToShell, { type: T }>;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds())
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  /** As a network that fails: without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, "close");
    this.#socket.close();
    await closed;
  }

  #take(message: ToShell): void {
    this.got.push(message);
    if (message.type === "opened") ({ notebook: this.notebook, version: this.version } = message);
    if (message.type === "edited") {
      this.notebook = applyAll(this.notebook, message.operations);
      this.version = message.version;
    }
    this.#wake();
  }
}
