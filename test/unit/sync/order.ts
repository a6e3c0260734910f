import { applyAll } from "../../../kernel/notebook/document/apply.ts";
import type { Notebook } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { rebase } from "../../../kernel/notebook/document/rebase.ts";
import type { Replica } from "../../../kernel/notebook/document/replica.ts";
import { DocumentClient } from "../../../ui/shell/sync/document-client.ts";

type Message =
  | { readonly type: "opened"; readonly notebook: Notebook; readonly version: number }
  | {
      readonly type: "edited";
      readonly version: number;
      readonly operations: readonly Operation[];
      readonly from: Tab;
    };

interface Sent {
  readonly base: number;
  readonly operations: readonly Operation[];
}

/** Puts the operations of all tabs into one order, as the server does. */
export class Order {
  notebook: Notebook;
  version = 0;
  readonly tabs = new Set<Tab>();
  readonly #log: { readonly before: Notebook; readonly operations: readonly Operation[] }[] = [];

  constructor(notebook: Notebook) {
    this.notebook = notebook;
  }

  take(from: Tab, { base, operations }: Sent): void {
    const now = this.#log
      .slice(base)
      .reduce<readonly Operation[]>(
        (left, { before, operations: theirs }) =>
          rebase(before, left, theirs).mine.filter((operation) => operation !== null),
        operations,
      );
    this.#log.push({ before: this.notebook, operations: now });
    this.notebook = applyAll(this.notebook, now);
    this.version++;
    for (const tab of this.tabs)
      tab.inbox.push({ type: "edited", version: this.version, operations: now, from });
  }
}

/** A tab with a line to the order that is as slow as the test wants, and may break. */
export class Tab {
  readonly inbox: Message[] = [];
  readonly outbox: Sent[] = [];
  readonly client: DocumentClient;
  /** What its editors show: own typing, and what they were told of others'. */
  shown: Notebook = { title: "", cells: [] };
  kept: Replica | null = null;
  clock = 0;
  readonly #order: Order;
  #planned: (() => void) | null = null;

  constructor(order: Order) {
    this.#order = order;
    this.client = new DocumentClient({
      send: (base, operations) => this.outbox.push({ base, operations }),
      save: (replica) => {
        this.kept = replica;
      },
      changed: (_notebook, operations) => {
        this.shown = applyAll(this.shown, operations);
      },
      later: (flush) => {
        this.#planned = flush;
      },
      now: () => this.clock,
    });
    this.connect();
  }

  connect(): void {
    const { notebook, version } = this.#order;
    if (this.client.version < 0) this.shown = notebook;
    this.#order.tabs.add(this);
    this.inbox.push({ type: "opened", notebook, version });
  }

  /** Breaks the line: what is under way in either direction is lost. */
  disconnect(): void {
    this.#order.tabs.delete(this);
    this.inbox.length = 0;
    this.outbox.length = 0;
    this.client.closed();
  }

  type(operation: Operation): void {
    this.shown = applyAll(this.shown, [operation]);
    this.client.edit([operation], true);
  }

  /** The pause after typing is over. */
  flush(): void {
    const flush = this.#planned;
    this.#planned = null;
    flush?.();
  }

  /** Lets the order read one message of this tab. */
  deliverOut(): void {
    const message = this.outbox.shift();
    if (message) this.#order.take(this, message);
  }

  /** Lets this tab read one message. */
  deliverIn(): void {
    const message = this.inbox.shift();
    if (message?.type === "opened") this.client.opened(message.notebook, message.version);
    if (message?.type === "edited")
      this.client.edited(message.version, message.operations, message.from === this);
  }

  /** Everything that this tab and the order have to tell each other. */
  settle(): void {
    do {
      this.flush();
      this.deliverOut();
      this.deliverIn();
    } while (this.inbox.length > 0 || this.outbox.length > 0 || !this.client.settled);
  }
}

/** Lets all tabs settle. */
export function settleAll(tabs: readonly Tab[]): void {
  do for (const tab of tabs) tab.settle();
  while (tabs.some((tab) => tab.inbox.length > 0));
}
