import { type Notebook, placeOf } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { toFailure } from "../../../kernel/notebook/errors.ts";
import type { Problem } from "../../../kernel/notebook/language.ts";
import {
  type CellEvent,
  type FromShell,
  type KernelCondition,
  protocolVersion,
  type ToShell,
} from "../../../kernel/notebook/protocol.ts";
import { client } from "../app/client.ts";
import { PacedStore } from "../app/paced-store.ts";
import { randomId } from "../app/random-id.ts";
import { renamed } from "../app/router.ts";
import { Store } from "../app/store.ts";
import { toast } from "../app/toasts.tsx";
import { DocumentClient } from "../sync/document-client.ts";
import { type Journal, openJournal } from "../sync/journal.ts";
import { Socket } from "../sync/socket.ts";
import {
  type CellStates,
  pageLines,
  reduceStates,
  withKept,
  withKernel,
  withoutKernel,
} from "./cell-states.ts";
import { LanguageClient } from "./language-client.ts";
import { applyChange, emptyProgram, type Program } from "./program.ts";
import { SandboxLink } from "./sandbox-link.ts";
import { type SessionState, unopened } from "./session-state.ts";
import { staleOf } from "./stale.ts";
import { SandboxStopper } from "./stop-sandbox.ts";

export interface SessionListener {
  /** Changes not typed into the editors: they apply them to their texts. */
  changed(operations: readonly Operation[]): void;
}

const batchMs = 80;
const stuckMs = 3_000;
const mostReopened = 3;

/** One open notebook: its document, its runs, and the lines to the server and to the sandbox. */
export class NotebookSession {
  /** Changes when the file is moved. */
  path: string;
  /** This tab's name. */
  readonly id = randomId();
  readonly notebook = new Store<Notebook>({ title: "", cells: [] });
  readonly state = new PacedStore<SessionState>(unopened);
  readonly cells = new PacedStore<CellStates>(new Map());
  readonly program = new Store<Program>(emptyProgram);
  readonly sandbox: SandboxLink;
  readonly language: LanguageClient;
  /** Mistakes that are seen in the cells' texts. */
  readonly problems = new Store<ReadonlyMap<number, readonly Problem[]>>(new Map());
  /** Counts the changes of the catalog. */
  readonly catalogChanged = new Store(0);
  readonly listeners = new Set<SessionListener>();
  readonly #document: DocumentClient;
  readonly #journal: Journal;
  readonly #socket: Socket;
  readonly #stopper: SandboxStopper;
  #savedVersion = -1;
  #adopted = false;
  #reopened = 0;

  constructor(path: string) {
    this.path = path;
    this.#journal = openJournal(path, this.id);
    this.#document = new DocumentClient({
      send: (base, operations) => this.#send({ type: "edit", base, operations }),
      save: (replica) => this.#journal.save(replica),
      changed: (notebook, operations) => this.#changed(notebook, operations),
      later: (flush) => setTimeout(flush, batchMs),
      now: () => performance.now(),
    });
    this.sandbox = new SandboxLink(
      (message) => this.#send(message),
      (event) => this.#event(ofPage(event)),
    );
    this.#stopper = new SandboxStopper(this.sandbox, this.cells);
    this.language = new LanguageClient((id, request) =>
      this.#document.whenSent(() => this.#send({ type: "language", id, request })),
    );
    this.#socket = new Socket({
      opened: () => this.#send({ type: "open", protocol: protocolVersion, path: this.path, client: this.id }),
      message: (message) => this.#receive(message),
      closed: () => this.#lost(),
    });
    document.addEventListener("visibilitychange", this.#keep);
  }

  edit(operations: readonly Operation[]): void {
    this.#document.edit(operations);
  }

  /** A change that the cell's editor shows already. */
  typed(operation: Operation): void {
    this.#document.edit([operation], true);
  }

  undo(): readonly Operation[] {
    return this.#document.undo();
  }

  redo(): readonly Operation[] {
    return this.#document.redo();
  }

  /** Runs cells with their present text. */
  run(cells: readonly number[]): void {
    if (cells.length === 0) return;
    const stale = this.notebook.get().run === "lazy" ? this.staleCells() : undefined;
    this.#document.whenSent(() => this.#send({ type: "run", cells, ...(stale ? { stale } : {}) }));
  }

  /** Cells that are out of date; in a lazy notebook also those whose text has changed since they ran. */
  staleCells(): number[] {
    const { cells, run } = this.notebook.get();
    return staleOf(cells, run === "lazy", this.cells.get(), this.program.get());
  }

  /** Stops what runs: the given cells, or everything. */
  stop(only?: readonly number[]): void {
    const running = this.runningCells().filter((id) => !only || only.includes(id));
    const inBrowser = running.filter((id) => this.#placeOf(id) === "browser");
    if (inBrowser.length > 0) this.#stopper.stop(inBrowser);
    else if (!only && this.sandbox.stuck.get()) this.#stopper.free(this.#browserCells());
    const kernelBusy = this.state.get().kernel === "busy" && !only;
    if (kernelBusy || running.length > inBrowser.length) this.#send({ type: "stop", place: "kernel" });
  }

  runningCells(): number[] {
    return [...this.cells.get()].filter(([, state]) => state.status === "running").map(([id]) => id);
  }

  /** `restart`: the kernel begins anew. `trust`: the user has read the notebook and lets it run. */
  ask(type: "restart" | "trust"): void {
    this.#send({ type });
  }

  retry(): void {
    this.#socket.retry();
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.#keep);
    this.#keep();
    this.#document.flush();
    this.#socket.close();
    this.sandbox.close();
    this.#journal.close();
  }

  /** A hidden tab may be ended without notice. */
  readonly #keep = (): void => this.#document.save();

  #send(message: FromShell): void {
    this.#socket.send(message);
  }

  #patch(change: Partial<SessionState>): void {
    this.state.update((state) => ({ ...state, ...change }));
  }

  #changed(notebook: Notebook, operations: readonly Operation[]): void {
    this.notebook.set(notebook);
    this.#updateSaved();
    if (operations.length === 0) return;
    for (const listener of this.listeners) listener.changed(operations);
  }

  #updateSaved(): void {
    const saved = this.#document.settled && this.#document.version <= this.#savedVersion;
    if (saved !== this.state.get().saved) this.#patch({ saved });
  }

  #lost(): void {
    this.#document.closed();
    this.language.lost();
    this.cells.update((states) => withoutKernel(states, this.program.get()));
    if (this.state.get().connection !== "locked") this.#patch({ connection: "away" });
    void this.#seeWhy();
  }

  /** A server that answers HTTP but refuses the socket does not know this browser. */
  async #seeWhy(): Promise<void> {
    const known = await client.session().catch(toFailure);
    const locked = "kind" in known && known.kind === "input";
    if (this.state.get().connection !== "open") this.#patch({ connection: locked ? "locked" : "away" });
  }

  /** An edit that the server refused is never answered: opening the document again settles what it has. */
  #reopenIfStuck(): void {
    const { version } = this.#document;
    if (this.#document.settled || this.#reopened >= mostReopened) return;
    setTimeout(() => {
      if (this.#document.settled || this.#document.version !== version) return;
      this.#reopened++;
      this.#socket.restart();
    }, stuckMs);
  }

  #browserCells(): number[] {
    return [...this.program.get().cells.keys()].filter((id) => this.#placeOf(id) === "browser");
  }

  #placeOf(id: number): "browser" | "kernel" {
    const cell = this.program.get().cells.get(id);
    return cell ? placeOf(cell) : "browser";
  }

  #event(event: CellEvent): void {
    if (event.type === "console" && event.cell === null && event.level === "error") tellStray(event.text);
    this.cells.update((states) => reduceStates(states, event, performance.now()));
  }

  #fromKernel(event: CellEvent): void {
    this.#event(event);
    if (event.type === "outputs") this.sandbox.showOutputs(event);
  }

  #receive(message: ToShell): void {
    switch (message.type) {
      case "opened":
        return this.#opened(message);
      case "edited":
        return this.#document.edited(message.version, message.operations, message.client === this.id);
      case "saved":
        this.#savedVersion = Math.max(this.#savedVersion, message.version);
        return this.#updateSaved();
      case "program":
        this.program.update((program) => applyChange(program, message.change));
        return this.sandbox.changeProgram(message.change);
      case "event":
        return this.#fromKernel(message.event);
      case "kernel":
        return this.#patch(conditionOf(message));
      case "primary":
        return this.sandbox.setPrimary(message.primary);
      case "trusted":
        this.#patch({ trusted: true });
        return this.sandbox.setTrusted(true);
      case "bridge":
        return this.sandbox.post({ type: "bridge", message: message.message });
      case "answer":
        return this.sandbox.answer(message.id, message.answer);
      case "language":
        return this.language.answer(message.id, message.answer);
      case "problems":
        return this.problems.update((all) => new Map(all).set(message.cell, message.problems));
      case "failure":
        this.#patch({ failure: message.failure });
        return this.#reopenIfStuck();
      case "moved":
        renamed(this.path, message.path);
        this.path = message.path;
        return;
      case "catalog":
        return this.catalogChanged.update((count) => count + 1);
    }
  }

  #opened(message: Extract<ToShell, { type: "opened" }>): void {
    this.#savedVersion = message.version;
    this.program.set(applyChange(emptyProgram, message.program));
    this.sandbox.open(message);
    this.cells.update((states) =>
      withKept(withKernel(states, message.kernel.events, this.program.get()), message.kept),
    );
    this.#patch({
      connection: "open",
      loaded: true,
      trusted: message.trusted,
      ...conditionOf(message.kernel),
      failure: null,
    });
    this.#document.opened(message.notebook, message.version);
    void this.#adoptOrphans();
  }

  async #adoptOrphans(): Promise<void> {
    if (this.#adopted) return;
    this.#adopted = true;
    for (const orphan of await this.#journal.takeOrphans()) this.#document.adopt(orphan);
  }
}

/** The kernel's lines come again when the connection does, those of the page do not. */
function ofPage(event: CellEvent): CellEvent {
  return event.type === "console" && event.cell === null ? { ...event, cell: pageLines } : event;
}

function conditionOf({ state, failure, idleMinutes }: KernelCondition) {
  return { kernel: state, kernelFailure: failure ?? null, idleMinutes: idleMinutes ?? null };
}

/** What was thrown without a stack has no cell in whose console it could stand. */
function tellStray(text: string): void {
  const [first = ""] = text.split("\n", 1);
  toast(`${first.slice(0, 200)}; no cell is known to have thrown it`);
}
