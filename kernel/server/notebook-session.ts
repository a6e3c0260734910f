import type { LanguageService } from "../language/service.ts";
import type { ModuleGraphs } from "../modules/graphs.ts";
import type { Output } from "../notebook/display/output.ts";
import { placeOf } from "../notebook/document/notebook.ts";
import { type Failure, toFailure, UserError } from "../notebook/errors.ts";
import type {
  Answer,
  CellRequest,
  FromKernel,
  FromShell,
  ProgramChange,
  ToShell,
} from "../notebook/protocol.ts";
import { BridgeRelay } from "./bridge-relay.ts";
import type { RemotePart } from "./capabilities.ts";
import type { Client } from "./client.ts";
import type { DocumentEvent, OpenDocument } from "./documents.ts";
import { ExpandedProgram } from "./expanded-program.ts";
import { ImportWatch } from "./import-watch.ts";
import { answerKept, isKeptRequest } from "./kept-results.ts";
import { KernelControl, type Launcher } from "./kernel-control.ts";
import { IdleTimer } from "./kernel-idle.ts";
import type { KernelSpec } from "./kernel-process.ts";
import { type Hold, lightenAnswer } from "./large-parts.ts";
import { answerFile } from "./notebook-file.ts";
import { OpenRequests } from "./open-requests.ts";
import { answerModule, type PageModules } from "./page-modules.ts";
import {
  emptyProgram,
  followDocument,
  hasKernelCells,
  type Program,
  type ProgramStep,
  runCells,
  touchCells,
  wholeProgram,
} from "./program.ts";
import { SessionLanguage } from "./session-language.ts";
import { withStaleUpstream } from "./stale-upstream.ts";

export interface SessionEnds {
  /** Where a client fetches a large buffer, and where it fetches a file. */
  holdFor(client: Client): (part: RemotePart) => string;
  shareFor(client: Client): (path: string) => string;
  /** Origin under which a client's sandbox finds us. */
  originFor(client: Client): string;
  readonly modules: PageModules;
  readonly graphs: ModuleGraphs;
  /** Whether cells of a notebook with this text may run. */
  isTrusted(text: string): boolean;
  /** A notebook was trusted: others may import from it now. */
  trusted(): void;
  /** A cell wrote the catalog. */
  catalogChanged(): void;
  readonly launch: Launcher;
  /** Minutes without a tab and without work after which the kernel is ended; null: never. */
  readonly idleMinutes: number | null;
  language(): Promise<LanguageService>;
}

/** One open notebook: its document, the program as last run, its kernel, and the tabs that show it. */
export class NotebookSession {
  readonly #document: OpenDocument;
  readonly #spec: () => KernelSpec;
  readonly #ends: SessionEnds;
  readonly #clients = new Set<Client>();
  readonly #kernel: KernelControl;
  readonly #relay: BridgeRelay;
  readonly #requests = new OpenRequests();
  readonly #idle: IdleTimer;
  readonly #language: SessionLanguage;
  readonly #unsubscribe: () => void;
  /** Opens the modules to this notebook's pages. */
  readonly #secret: string;
  readonly #imports: ImportWatch;
  #program: Program = emptyProgram;
  readonly #expanded: ExpandedProgram;

  constructor(document: OpenDocument, spec: () => KernelSpec, ends: SessionEnds) {
    this.#document = document;
    this.#spec = spec;
    this.#ends = ends;
    this.#secret = ends.modules.open();
    this.#expanded = new ExpandedProgram(ends.graphs.root, () => document.file, ends.isTrusted);
    this.#imports = new ImportWatch(
      ends.graphs,
      () => document.file,
      (cells) => this.#importsChanged(cells),
    );
    this.#kernel = new KernelControl(
      spec,
      {
        program: () => this.#expanded.full(),
        state: (condition) => this.#broadcast({ type: "kernel", ...condition }),
        message: (message) => this.#fromKernel(message),
      },
      ends.launch,
    );
    const { idleMinutes } = ends;
    this.#idle = new IdleTimer(
      idleMinutes === null ? null : idleMinutes * 60_000,
      () => this.#clients.size === 0 && !this.#kernel.busy,
      () => void this.#kernel.sleep(idleMinutes ?? 0),
    );
    this.#relay = new BridgeRelay({
      toKernel: (message) => this.#kernel.send({ type: "bridge", message }),
      hold: (client) => this.#holdFor(client),
    });
    this.#language = new SessionLanguage(document, ends.language, (message) => this.#broadcast(message));
    this.#unsubscribe = document.on((event) => this.#fromDocument(event));
    document.onMove = (file) => {
      this.#kernel.send({ type: "moved", notebook: file });
      this.#broadcast({ type: "moved", path: document.path });
    };
    if (document.trusted) this.#advance(wholeProgram(this.#program, document.notebook));
  }

  /** True when no tab shows it and no kernel holds values of it: opening it anew loses nothing. */
  get idle(): boolean {
    return this.#clients.size === 0 && !this.#needsKernel;
  }

  get #needsKernel(): boolean {
    return this.#kernel.used || hasKernelCells(this.#expanded.program);
  }

  attach(client: Client): void {
    this.#clients.add(client);
    this.#idle.touch();
    this.#relay.attach(client);
    const { notebook, version, trusted } = this.#document;
    client.send({
      type: "opened",
      notebook,
      version,
      trusted,
      address: `${this.#modulesFor(client)}/file/${encodeURI(this.#document.path)}`,
      program: this.#expanded.full(),
      kernel: { ...this.#kernel.condition, events: this.#kernel.view.events() },
      kept: this.#document.kept(),
      heights: this.#document.keptHeights(),
      primary: this.#relay.primary === client,
    });
    if (this.#kernel.state === "asleep" && hasKernelCells(this.#expanded.program)) this.#kernel.start();
    void this.#language.open(client);
  }

  detach(client: Client): void {
    this.#requests.cancelAll(client);
    this.#idle.touch();
    if (this.#clients.delete(client)) this.#relay.detach(client);
    if (this.#clients.size === 0) this.#language.close();
  }

  /** Does what a tab asks; what cannot be done is told to that tab. */
  async receive(client: Client, message: Exclude<FromShell, { type: "open" }>): Promise<void> {
    try {
      await this.#handle(client, message);
    } catch (thrown) {
      if (!(thrown instanceof UserError)) console.error(thrown);
      client.send({ type: "failure", failure: toFailure(thrown) });
    }
  }

  /** Another notebook was trusted, or changed. */
  lookAtImports(): void {
    this.#imports.look();
  }

  /** Tells all tabs. */
  tell(message: ToShell): void {
    this.#broadcast(message);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.#imports.close();
    this.#ends.modules.close(this.#secret);
    this.#idle.close();
    this.#language.close();
    await this.#kernel.close();
  }

  #handle(client: Client, message: Exclude<FromShell, { type: "open" }>): void | Promise<void> {
    switch (message.type) {
      case "edit":
        this.#document.edit(message.base, message.operations, client.id);
        return;
      case "run":
        return this.#run(message.cells, message.stale ?? []);
      case "stop":
        return this.#kernel.interrupt();
      case "restart":
        return this.#restart();
      case "trust":
        return this.#document.trust();
      case "bridge":
        return this.#relay.fromClient(client, message.message);
      case "request":
        return this.#request(client, message.id, message.request);
      case "cancel":
        return this.#requests.cancel(client, message.id);
      case "snapshot":
        return this.#keep(message.cell, message.outputs);
      case "language":
        return this.#language.answer(client, message.id, message.request);
      case "heights":
        return this.#document.keepHeights(message.heights);
    }
  }

  #run(cells: readonly number[], stale: readonly number[]): void {
    this.#requireTrust();
    const { notebook } = this.#document;
    const all = this.#program.lazy ? withStaleUpstream(this.#program, notebook, cells, stale) : cells;
    this.#advance(runCells(this.#program, notebook, all));
  }

  async #restart(): Promise<void> {
    this.#requireTrust();
    await this.#kernel.restart();
  }

  async #request(client: Client, id: number, request: CellRequest): Promise<void> {
    this.#requireTrust();
    client.send({ type: "answer", id, answer: await this.#answer(client, id, request) });
  }

  async #answer(client: Client, id: number, request: CellRequest): Promise<Answer> {
    const { workspace } = this.#spec();
    const { file } = this.#document;
    if (request.type === "file")
      return answerFile(workspace, file, request.path, this.#ends.shareFor(client));
    if (request.type === "module")
      return answerModule(this.#ends.modules, request, this.#modulesFor(client), file);
    if (isKeptRequest(request))
      return answerKept(this.#document, this.#program.cells.get(request.cell), request);
    return lightenAnswer(await this.#askKernel(client, id, request), this.#holdFor(client));
  }

  #modulesFor(client: Client): string {
    return `${this.#ends.originFor(client)}/modules/${this.#secret}`;
  }

  /** Parts that the kernel process holds, as what a client can fetch from there. */
  #holdFor(client: Client): Hold {
    const hold = this.#ends.holdFor(client);
    return (part) => hold(this.#kernel.part(part));
  }

  async #askKernel(client: Client, id: number, request: CellRequest): Promise<Answer> {
    const signal = this.#requests.begin(client, id);
    try {
      return await this.#kernel.request(request, signal);
    } finally {
      this.#requests.end(client, id);
    }
  }

  #requireTrust(): void {
    if (!this.#document.trusted) throw new UserError(untrusted);
  }

  #fromDocument(event: DocumentEvent): void {
    this.#broadcast(event);
    this.#language.update();
    if (event.type === "trusted") {
      this.#advance(wholeProgram(this.#program, this.#document.notebook));
      this.#ends.trusted();
    }
    if (event.type !== "edited" || !this.#document.trusted) return;
    const step = followDocument(this.#program, this.#document.notebook);
    if (step) this.#advance(step);
  }

  #fromKernel(message: Exclude<FromKernel, { type: "answer" | "ready" }>): void {
    this.#idle.touch();
    if (message.type === "catalog") return this.#ends.catalogChanged();
    if (message.type === "bridge") return this.#relay.fromKernel(message.message);
    this.#broadcast(message);
    const { event } = message;
    if (event.type === "outputs") this.#keep(event.cell, this.#kernel.view.outputs(event.cell));
  }

  /** What a cell shows belongs to its text as it ran, which may not be its present text. */
  #keep(cell: number, outputs: readonly Output[]): void {
    const asRun = this.#program.cells.get(cell);
    if (asRun) this.#document.keep(cell, outputs, asRun);
  }

  /** Modules of these cells, or notebooks, were edited. */
  #importsChanged(cells: readonly number[]): void {
    if (cells.length > 0 || this.#expanded.differs(this.#program))
      this.#advance(touchCells(this.#program, cells));
  }

  /** Takes a new program to all places. */
  #advance(step: ProgramStep): void {
    this.#program = step.program;
    const change = this.#expanded.change(step);
    const { program, files } = this.#expanded;
    this.#imports.follow(program.cells, files);
    this.#kernel.view.keepOnly(kernelCells(program));
    this.#broadcast({ type: "program", change });
    this.#toKernel(change);
  }

  /** The kernel starts with the first cell that it has to run; one that died, when something is run by hand. */
  #toKernel(change: ProgramChange): void {
    this.#kernel.apply(change);
    const mayStart = this.#kernel.state !== "dead" || change.rerun.length > 0;
    if (mayStart && hasKernelCells(this.#expanded.program)) this.#kernel.start();
  }

  #broadcast(message: ToShell): void {
    for (const client of this.#clients) client.send(message);
  }
}

const untrusted: Failure = {
  kind: "input",
  message: "this notebook did not come from you, so nothing in it runs",
  remedy: "read it, then trust it to run it",
};

function kernelCells(program: Program): ReadonlySet<number> {
  return new Set(
    [...program.cells.values()].filter((cell) => placeOf(cell) === "kernel").map(({ id }) => id),
  );
}
