import { existsSync } from "node:fs";
import type { Workspace } from "../catalog/workspace.ts";
import type { ToShell } from "../notebook/protocol.ts";
import type { Capabilities } from "./capabilities.ts";
import type { Client } from "./client.ts";
import type { DocumentStore } from "./documents.ts";
import { sandboxHost } from "./hosts.ts";
import { NotebookSession, type SessionEnds } from "./notebook-session.ts";

export interface HubParts {
  readonly workspace: Workspace;
  readonly documents: DocumentStore;
  readonly capabilities: Capabilities;
  readonly port: number;
  /** The program of kernel processes. */
  readonly kernelScript: string;
}

/** All open notebooks, and every tab that is connected. */
export class Hub {
  readonly #parts: HubParts;
  readonly #sessions = new Map<string, Promise<NotebookSession>>();
  readonly #clients = new Set<Client>();
  /** The notebook whose kernel was started ahead of need. There is one at a time. */
  #warm: NotebookSession | null = null;

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  /** The session of a notebook; the first one to ask opens it. @throws UserError when it cannot be opened. */
  session(path: string): Promise<NotebookSession> {
    const known = this.#sessions.get(path);
    if (known) return known;
    const opened = this.#open(path);
    this.#sessions.set(path, opened);
    opened.catch(() => this.#sessions.delete(path));
    return opened;
  }

  connect(client: Client): void {
    this.#clients.add(client);
  }

  disconnect(client: Client): void {
    this.#clients.delete(client);
  }

  tellAll(message: ToShell): void {
    for (const client of this.#clients) client.send(message);
  }

  /** Starts the kernel of a notebook that has no use for it yet, so that its first answer comes at once. */
  warm(session: NotebookSession): void {
    if (!existsSync(this.#parts.kernelScript) || !session.warm()) return;
    void this.#warm?.cool();
    this.#warm = session;
  }

  /** Ends the session of a notebook that was renamed or deleted. */
  async end(path: string): Promise<void> {
    const session = this.#sessions.get(path);
    this.#sessions.delete(path);
    await (await session?.catch(() => null))?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((path) => this.end(path)));
  }

  async #open(path: string): Promise<NotebookSession> {
    const { documents, workspace, kernelScript } = this.#parts;
    const document = await documents.open(path);
    const spec = { script: kernelScript, workspace: workspace.root, notebook: document.file };
    return new NotebookSession(document, spec, this.#ends());
  }

  #ends(): SessionEnds {
    const { capabilities, port } = this.#parts;
    const origin = (client: Client) => `http://${sandboxHost(client.host, port)}`;
    return {
      holdFor: (client) => (bytes) => `${origin(client)}${capabilities.hold(bytes)}`,
      shareFor: (client) => (path) => `${origin(client)}${capabilities.share(path)}`,
      catalogChanged: () => this.tellAll({ type: "catalog" }),
    };
  }
}
