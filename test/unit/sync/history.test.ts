import { ChangeSet } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { Order, settleAll, Tab } from "./order.ts";
import { randomOperation, seeded } from "./random-work.ts";

const start: Notebook = {
  title: "coffee",
  cells: [toCell({ id: 1, source: "one" }), toCell({ id: 2, source: "two" })],
};

function open(): { tab: Tab; other: Tab } {
  const order = new Order(start);
  const [tab, other] = [new Tab(order), new Tab(order)];
  settleAll([tab, other]);
  return { tab, other };
}

function insertText(tab: Tab, cell: number, from: number, text: string): Operation {
  const length = sourceOf(tab, cell)?.length ?? 0;
  return { type: "edit", cell, changes: ChangeSet.of({ from, insert: text }, length).toJSON() };
}

function sourceOf(tab: Tab, cell: number): string | undefined {
  return tab.client.notebook.cells.find(({ id }) => id === cell)?.source;
}

describe("undo", () => {
  it("takes back a word typed in one go, not letter by letter", () => {
    const { tab } = open();
    for (const [index, letter] of [..." more"].entries()) {
      tab.type(insertText(tab, 1, 3 + index, letter));
      tab.clock += 100;
    }
    tab.client.undo();
    expect(sourceOf(tab, 1)).toBe("one");
    tab.client.redo();
    expect(sourceOf(tab, 1)).toBe("one more");
  });

  it("takes back text and structure in the order in which they were done", () => {
    const { tab } = open();
    tab.type(insertText(tab, 1, 3, "!"));
    tab.client.edit([{ type: "delete", cell: 2 }]);
    tab.clock += 1000;
    tab.client.undo();
    expect(tab.client.notebook.cells.map(({ id }) => id)).toEqual([1, 2]);
    expect(sourceOf(tab, 1)).toBe("one!");
    tab.client.undo();
    expect(tab.client.notebook).toEqual(start);
  });

  it("leaves others' work alone", () => {
    const { tab, other } = open();
    tab.type(insertText(tab, 1, 3, " mine"));
    settleAll([tab, other]);
    other.type(insertText(other, 1, 0, "theirs "));
    settleAll([tab, other]);
    tab.client.undo();
    settleAll([tab, other]);
    expect(sourceOf(other, 1)).toBe("theirs one");
  });

  for (let seed = 1; seed <= 30; seed++) {
    it(`of everything leads back to the start (seed ${seed})`, () => {
      const { tab } = open();
      const random = seeded(seed);
      for (let count = 0; count < 40; count++) {
        tab.clock += 200;
        tab.type(randomOperation(random, tab.client.notebook));
      }
      const end = tab.client.notebook;
      let steps = 0;
      while (tab.client.undo().length > 0) steps++;
      expect(tab.client.notebook).toEqual(start);
      while (steps-- > 0) tab.client.redo();
      expect(tab.client.notebook).toEqual(end);
    });
  }
});
