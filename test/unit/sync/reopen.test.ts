import { ChangeSet } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { Order, settleAll, Tab } from "./order.ts";

const start: Notebook = { title: "coffee", cells: [toCell({ id: 1, source: "cups" })] };

function open(): { order: Order; tab: Tab; other: Tab } {
  const order = new Order(start);
  const [tab, other] = [new Tab(order), new Tab(order)];
  settleAll([tab, other]);
  return { order, tab, other };
}

/** Types at the end (or start) of cell 1. */
function typed(tab: Tab, text: string, where: "end" | "start" = "end"): void {
  const { source } = cellOne(tab.client.notebook);
  const from = where === "end" ? source.length : 0;
  tab.type({
    type: "edit",
    cell: 1,
    changes: ChangeSet.of({ from, insert: text }, source.length).toJSON(),
  } satisfies Operation);
}

function cellOne(notebook: Notebook): { readonly source: string } {
  const [cell] = notebook.cells;
  if (!cell) throw new Error("no cell");
  return cell;
}

describe("a document opened again after its line broke", () => {
  it("sends what was typed meanwhile", () => {
    const { order, tab } = open();
    tab.disconnect();
    typed(tab, " + 1");
    tab.connect();
    tab.settle();
    expect(cellOne(order.notebook).source).toBe("cups + 1");
  });

  it("sends again what never arrived", () => {
    const { order, tab } = open();
    typed(tab, " + 1");
    tab.flush();
    tab.disconnect();
    tab.connect();
    tab.settle();
    expect(cellOne(order.notebook).source).toBe("cups + 1");
  });

  it("does not send twice what arrived, though its answer was lost", () => {
    const { order, tab } = open();
    typed(tab, " + 1");
    tab.flush();
    tab.deliverOut();
    tab.disconnect();
    typed(tab, " + 2");
    tab.connect();
    tab.settle();
    expect(cellOne(order.notebook).source).toBe("cups + 1 + 2");
  });

  it("keeps what both sides did to one cell", () => {
    const { order, tab, other } = open();
    tab.disconnect();
    typed(tab, " + 1");
    typed(other, "2 * ", "start");
    other.settle();
    tab.connect();
    settleAll([tab, other]);
    expect(cellOne(order.notebook).source).toBe("2 * cups + 1");
    expect(cellOne(other.client.notebook).source).toBe("2 * cups + 1");
  });

  it("takes over what a tab that died had not sent", () => {
    const { order, tab, other } = open();
    tab.disconnect();
    typed(tab, " + 1");
    typed(other, "2 * ", "start");
    settleAll([other]);
    if (tab.kept) other.client.adopt(tab.kept);
    settleAll([other]);
    expect(cellOne(order.notebook).source).toBe("2 * cups + 1");
  });
});

describe("what waits for edits to be sent", () => {
  it("is called once they are, after an answer that was still on its way", () => {
    const { order, tab } = open();
    const calls: string[] = [];
    typed(tab, " + 1");
    tab.flush();
    typed(tab, " + 2");
    tab.client.whenSent(() => calls.push("sent"));
    expect(calls).toEqual([]);
    tab.settle();
    expect(calls).toEqual(["sent"]);
    expect(cellOne(order.notebook).source).toBe("cups + 1 + 2");
  });
});
