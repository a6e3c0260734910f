import { describe, expect, it } from "vitest";
import { type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { Order, settleAll, Tab } from "./order.ts";
import { below, pick, type Random, randomOperation, seeded } from "./random-work.ts";

const start: Notebook = {
  title: "start",
  cells: [1, 2, 3].map((id) => toCell({ id, source: `const x${id} = ${id};\n` })),
};

function step(random: Random, tab: Tab, offline: Set<Tab>): void {
  tab.clock += below(random, 900);
  const kind = below(random, 20);
  if (kind < 8) return tab.type(randomOperation(random, tab.client.notebook));
  if (kind === 8) return void tab.client.undo();
  if (kind === 9) return void tab.client.redo();
  if (kind < 12) return tab.flush();
  if (kind < 15) return tab.deliverOut();
  if (kind < 18) return tab.deliverIn();
  if (offline.delete(tab)) return tab.connect();
  if (kind === 19) {
    tab.disconnect();
    offline.add(tab);
  }
}

function run(seed: number): { order: Order; tabs: Tab[] } {
  const random = seeded(seed);
  const order = new Order(start);
  const tabs = [new Tab(order), new Tab(order), new Tab(order)];
  settleAll(tabs);
  const offline = new Set<Tab>();
  for (let count = 0; count < 250; count++) {
    const tab = pick(random, tabs);
    if (tab) step(random, tab, offline);
  }
  for (const tab of offline) tab.connect();
  settleAll(tabs);
  return { order, tabs };
}

describe("tabs that edit one notebook over lines that lag and break", () => {
  for (let seed = 1; seed <= 60; seed++) {
    it(`end with the server's notebook, and their editors show it (seed ${seed})`, () => {
      const { order, tabs } = run(seed);
      for (const tab of tabs) {
        expect(tab.client.notebook).toEqual(order.notebook);
        expect(tab.shown).toEqual(order.notebook);
      }
    });
  }
});
