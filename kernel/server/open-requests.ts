import type { Client } from "./client.ts";

/** Requests of tabs that are not answered yet, each with a way to call it off. */
export class OpenRequests {
  readonly #open = new Map<Client, Map<number, AbortController>>();

  begin(client: Client, id: number): AbortSignal {
    const controller = new AbortController();
    const requests = this.#open.get(client) ?? new Map<number, AbortController>();
    this.#open.set(client, requests.set(id, controller));
    return controller.signal;
  }

  end(client: Client, id: number): void {
    const requests = this.#open.get(client);
    requests?.delete(id);
    if (requests?.size === 0) this.#open.delete(client);
  }

  cancel(client: Client, id: number): void {
    this.#open.get(client)?.get(id)?.abort();
  }

  /** A tab that has gone wants no answers. */
  cancelAll(client: Client): void {
    for (const controller of this.#open.get(client)?.values() ?? []) controller.abort();
  }
}
