import { describe, expect, it } from "vitest";
import { applyAll } from "../../../kernel/notebook/document/apply.ts";
import { type Notebook, nextId, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { rebase } from "../../../kernel/notebook/document/rebase.ts";
import { edit, openReplica, type Replica, receive, send } from "../../../kernel/notebook/document/replica.ts";
import { Random, randomNotebook, randomOperation } from "./random.ts";

interface Ordered {
  readonly client: number;
  readonly version: number;
  readonly operations: readonly Operation[];
}

/** A server that orders, and clients that see its messages late, each at its own pace. */
class Simulation {
  readonly history: Notebook[];
  readonly log: Operation[] = [];
  readonly messages: Ordered[] = [];
  readonly clients: { replica: Replica; shown: Notebook; read: number; corrections: number }[];
  constructor(start: Notebook, clients: number) {
    this.history = [start];
    this.clients = Array.from({ length: clients }, () => ({
      replica: openReplica(start, 0),
      shown: start,
      read: 0,
      corrections: 0,
    }));
  }
  type(random: Random, index: number): void {
    const client = this.#client(index);
    const operation = randomOperation(random, client.shown, nextId(client.shown));
    client.replica = edit(client.replica, [operation]);
    client.shown = applyAll(client.shown, [operation]);
  }
  send(index: number): void {
    const client = this.#client(index);
    const message = send(client.replica);
    if (!message) return;
    client.replica = message.replica;
    const base = this.history[message.base];
    if (!base) throw new Error("unknown version");
    const rebased = rebase(base, message.operations, this.log.slice(message.base)).mine;
    const operations = rebased.filter((operation) => operation !== null);
    for (const operation of operations) {
      this.history.push(applyAll(this.#latest(), [operation]));
      this.log.push(operation);
    }
    this.messages.push({ client: index, version: this.log.length, operations });
  }
  hear(index: number): void {
    const client = this.#client(index);
    const message = this.messages[client.read];
    if (!message) return;
    client.read++;
    const own = message.client === index;
    const heard = receive(client.replica, message.version, message.operations, own);
    client.replica = heard.replica;
    client.shown = applyAll(client.shown, heard.operations);
    if (own) client.corrections += heard.operations.length;
  }
  settle(): void {
    for (let round = 0; round < 3; round++)
      for (const [index, client] of this.clients.entries()) {
        while (client.read < this.messages.length) this.hear(index);
        this.send(index);
      }
    for (const [index, client] of this.clients.entries())
      while (client.read < this.messages.length) this.hear(index);
  }
  latest(): Notebook {
    return this.#latest();
  }
  #latest(): Notebook {
    return this.history.at(-1) ?? { title: "", cells: [] };
  }
  #client(index: number) {
    const client = this.clients[index];
    if (!client) throw new Error("no such client");
    return client;
  }
}

function simulate(seed: number): Simulation {
  const random = new Random(seed);
  const simulation = new Simulation(randomNotebook(random, 5), 2 + random.below(2));
  for (let step = 0; step < 40; step++) {
    const client = random.below(simulation.clients.length);
    const act = random.pick(["type", "type", "send", "hear", "hear"] as const);
    if (act === "type") simulation.type(random, client);
    else simulation[act](client);
  }
  simulation.settle();
  return simulation;
}

describe("replicas of a document that the server orders", () => {
  it("all end as the server's, and never show anything else than they hold", () => {
    for (let seed = 1; seed <= 1500; seed++) {
      const simulation = simulate(seed);
      for (const { replica, shown } of simulation.clients) {
        expect(replica.notebook, `seed ${seed}`).toEqual(simulation.latest());
        expect(shown, `seed ${seed}`).toEqual(simulation.latest());
      }
    }
  });

  it("foresee what the server makes of their operations", () => {
    const corrected = Array.from({ length: 1500 }, (_, index) => index + 1).filter((seed) =>
      simulate(seed).clients.some((client) => client.corrections > 0),
    );
    expect(corrected).toEqual([]);
  });

  it("keep what two clients type into one cell at the same time", () => {
    const start = { title: "t", cells: [toCell({ id: 1, source: "ab" })] };
    const simulation = new Simulation(start, 2);
    for (const [index, client] of simulation.clients.entries())
      client.replica = edit(client.replica, [{ type: "edit", cell: 1, changes: [1, [0, `<${index}>`], 1] }]);
    for (const client of simulation.clients) client.shown = client.replica.notebook;
    simulation.settle();
    expect(simulation.latest().cells[0]?.source).toBe("a<0><1>b");
  });

  it("wait for the answer also when nothing is left of what was sent", () => {
    const late = simulate(75).clients.map(({ replica }) => replica.notebook);
    expect(new Set(late.map((notebook) => JSON.stringify(notebook))).size).toBe(1);
  });

  it("send nothing while an answer is on its way", () => {
    const once = send(edit(openReplica({ title: "t", cells: [] }, 5), [{ type: "title", title: "u" }]));
    expect(once?.base).toBe(5);
    const replica = edit(once?.replica ?? openReplica({ title: "", cells: [] }, 0), [
      { type: "title", title: "v" },
    ]);
    expect(send(replica)).toBeNull();
  });
});
