import type { Workspace } from "../catalog/workspace.ts";
import type { ModuleGraphs } from "../modules/graphs.ts";
import type { Failure } from "../notebook/errors.ts";
import type { ToShell } from "../notebook/protocol.ts";
import type { Capabilities } from "./capabilities.ts";
import type { Client } from "./client.ts";
import type { DocumentStore, OpenDocument } from "./documents.ts";
import { sandboxHost } from "./hosts.ts";
import type { KernelLaunch, KernelSpec } from "./kernel-process.ts";
import { KernelSpare } from "./kernel-spare.ts";
import { NotebookSession, type SessionEnds } from "./notebook-session.ts";
import type { PageModules } from "./page-modules.ts";
import type { Services } from "./services.ts";

export interface HubParts {
  readonly workspace: Workspace;
  readonly services: Services;
  readonly documents: DocumentStore;
  readonly capabilities: Capabilities;
  readonly graphs: ModuleGraphs;
  readonly modules: PageModules;
  readonly port: number;
  /** The program of kernel processes. */
  readonly kernelScript: string;
  readonly kernels: KernelOptions;
}

export interface KernelOptions {
  /** Whether a process is kept ready for the next notebook. */
  readonly spare?: boolean | undefined;
  /** MB that a process may take; left out, three quarters of the memory. */
  readonly memory?: number | undefined;
  /** Minutes without a tab and without work after which a kernel is ended; null: never. Left out, 60. */
  readonly idleMinutes?: number | null | undefined;
}

const usualIdleMinutes = 60;

/** All open notebooks, and every tab that is connected. */
export class Hub {
  readonly #parts: HubParts;
  readonly #sessions = new Map<OpenDocument, NotebookSession>();
  readonly #clients = new Set<Client>();
  readonly #closing = new Set<Promise<void>>();
  readonly #spare: KernelSpare;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#spare = new KernelSpare(() => this.#launch(), parts.kernels.spare === true);
    this.#spare.fill();
  }

  /** The session of a notebook; the first one to ask opens it. @throws UserError when it cannot be opened. */
  async session(path: string): Promise<NotebookSession> {
    const document = await this.#parts.documents.open(path);
    const session =
      this.#sessions.get(document) ?? new NotebookSession(document, this.#specOf(document), this.#ends());
    this.#sessions.set(document, session);
    return session;
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

  catalogChanged(): void {
    this.tellAll({ type: "catalog" });
    this.#parts.services.catalogChanged();
  }

  /** A tab has left. Kernels with values outlive their tabs; a session without is begun anew when it is opened again. */
  left(session: NotebookSession): void {
    if (!session.idle) return;
    for (const [document, open] of this.#sessions) if (open === session) void this.#close(document, session);
  }

  /** Ends the sessions of a notebook, or of all in a folder, whose files are about to go. Their tabs are told why. */
  async end(path: string, why: Failure): Promise<void> {
    for (const [document, session] of this.#sessions) {
      if (document.path !== path && !document.path.startsWith(`${path}/`)) continue;
      session.tell({ type: "failure", failure: why });
      await this.#close(document, session);
    }
  }

  async close(): Promise<void> {
    for (const [document, session] of this.#sessions) void this.#close(document, session);
    await Promise.all([...this.#closing, this.#spare.close()]);
  }

  async #close(document: OpenDocument, session: NotebookSession): Promise<void> {
    this.#sessions.delete(document);
    const closing = session.close();
    this.#closing.add(closing);
    await closing;
    this.#closing.delete(closing);
  }

  /** Looked at when a process starts: the file may have been moved by then. */
  #specOf(document: OpenDocument): () => KernelSpec {
    return () => ({ ...this.#launch(), notebook: document.file });
  }

  #launch(): KernelLaunch {
    const { workspace, kernelScript, kernels } = this.#parts;
    return { script: kernelScript, workspace: workspace.root, memory: kernels.memory };
  }

  #ends(): SessionEnds {
    const { documents, capabilities, graphs, modules, port, kernels, services } = this.#parts;
    const origin = (client: Client) => `http://${sandboxHost(client.host, port)}`;
    return {
      originFor: origin,
      graphs,
      modules,
      isTrusted: (text) => documents.trust.isTrusted(text),
      trusted: () => {
        for (const session of this.#sessions.values()) session.lookAtImports();
      },
      holdFor: (client) => (part) => `${origin(client)}${capabilities.hold(part)}`,
      shareFor: (client) => (path) => `${origin(client)}${capabilities.share(path)}`,
      catalogChanged: () => this.catalogChanged(),
      language: () => services.language(),
      launch: this.#spare.take,
      idleMinutes: kernels.idleMinutes === undefined ? usualIdleMinutes : kernels.idleMinutes,
    };
  }
}
