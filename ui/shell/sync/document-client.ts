import type { Notebook } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { edit, openReplica, type Replica, receive, send } from "../../../kernel/notebook/document/replica.ts";
import { carry, emptyHistory, type History, record, redo, type Undone, undo } from "./history.ts";
import { reopen } from "./reopen.ts";

export interface DocumentEffects {
  /** Sends operations on top of a version; only called while open. */
  send(base: number, operations: readonly Operation[]): void;
  /** Keeps what is not confirmed. */
  save(replica: Replica): void;
  /** The notebook changed; `operations` are those not made by the user's own typing. */
  changed(notebook: Notebook, operations: readonly Operation[]): void;
  /** Calls `flush` a little later. */
  later(flush: () => void): void;
  now(): number;
}

/** A tab's end of a document: own edits apply at once and are sent in batches, others' edits are merged in. */
export class DocumentClient {
  #replica: Replica = openReplica({ title: "", cells: [] }, -1);
  #history: History = emptyHistory;
  #open = false;
  #planned = false;
  #afterSending: (() => void)[] = [];
  readonly #effects: DocumentEffects;

  constructor(effects: DocumentEffects) {
    this.#effects = effects;
  }

  get notebook(): Notebook {
    return this.#replica.notebook;
  }

  get version(): number {
    return this.#replica.version;
  }

  /** Whether everything typed is on the server. */
  get settled(): boolean {
    return this.#replica.flight === null && this.#replica.waiting.length === 0;
  }

  /** The server opened the document, for the first time or again. */
  opened(notebook: Notebook, version: number): void {
    this.#open = true;
    if (this.#replica.version < 0) this.#replica = openReplica(notebook, version);
    else this.#accept(reopen(this.#replica, notebook, version));
    this.#changed([]);
    this.flush();
  }

  /** The connection is gone; edits are kept until `opened`. */
  closed(): void {
    this.#open = false;
  }

  /** The server ordered operations. @param own whether they answer what this client sent */
  edited(version: number, operations: readonly Operation[], own: boolean): void {
    this.#accept(receive(this.#replica, version, operations, own));
    this.flush();
  }

  /** Takes over what another tab had not sent when it died. */
  adopt(orphan: Replica): void {
    const { confirmed, version } = this.#replica;
    const { waiting } = reopen(orphan, confirmed, version).replica;
    if (waiting.length > 0) this.edit(waiting);
  }

  /** An edit of the user. @param typed whether an editor shows it already */
  edit(operations: readonly Operation[], typed = false): void {
    const before = this.#replica.notebook;
    this.#history = record(this.#history, before, operations, this.#effects.now());
    this.#local(operations, typed);
  }

  /** Returns what was undone; empty if there was nothing to undo. */
  undo(): readonly Operation[] {
    return this.#back(undo(this.#history, this.#replica.notebook));
  }

  redo(): readonly Operation[] {
    return this.#back(redo(this.#history, this.#replica.notebook));
  }

  /** Calls back once everything edited so far has been sent, in that order on the wire. */
  whenSent(then: () => void): void {
    this.flush();
    if (this.#open && this.#replica.waiting.length === 0) then();
    else this.#afterSending.push(then);
  }

  /** Keeps what is not confirmed yet, at once. */
  save(): void {
    this.#effects.save(this.#replica);
  }

  /** Sends what waits, unless an answer is still on its way. */
  flush(): void {
    if (!this.#open) return;
    const next = send(this.#replica);
    if (next) {
      this.#replica = next.replica;
      this.save();
      this.#effects.send(next.base, next.operations);
    }
    if (this.#replica.waiting.length > 0) return;
    for (const then of this.#afterSending.splice(0)) then();
  }

  #local(operations: readonly Operation[], typed: boolean): void {
    this.#replica = edit(this.#replica, operations);
    this.#changed(typed ? [] : operations);
    if (this.#planned) return;
    this.#planned = true;
    this.save();
    this.#effects.later(() => {
      this.#planned = false;
      this.save();
      this.flush();
    });
  }

  #back(step: Undone | null): readonly Operation[] {
    if (!step) return [];
    this.#history = step.history;
    this.#local(step.operations, false);
    return step.operations;
  }

  #accept(next: { readonly replica: Replica; readonly operations: readonly Operation[] }): void {
    this.#history = carry(this.#history, this.#replica.notebook, next.operations);
    this.#replica = next.replica;
    this.save();
    this.#changed(next.operations);
  }

  #changed(operations: readonly Operation[]): void {
    this.#effects.changed(this.#replica.notebook, operations);
  }
}
