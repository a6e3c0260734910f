import { describe, expect, test } from "vitest";
import { apply } from "../../../kernel/notebook/document/apply.ts";
import { type Cell, type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import {
  emptyProgram,
  followDocument,
  fullChange,
  type Program,
  runCells,
  wholeProgram,
} from "../../../kernel/server/program.ts";

const cell = (id: number, source: string): Cell => toCell({ id, source });
const notebook: Notebook = { title: "t", cells: [cell(1, "a"), cell(2, "b"), cell(3, "c")] };
const started = wholeProgram(emptyProgram, notebook).program;

function follow(program: Program, present: Notebook, ...operations: Operation[]) {
  const next = operations.reduce(apply, present);
  return { next, step: followDocument(program, next) };
}

const setSource = (present: Notebook, id: number, source: string): Notebook => ({
  ...present,
  cells: present.cells.map((one) => (one.id === id ? { ...one, source } : one)),
});

describe("the program follows the document", () => {
  test("at once when a cell is deleted or moved", () => {
    const { step } = follow(started, notebook, { type: "delete", cell: 2 });
    expect(step?.change).toMatchObject({ version: 2, order: [1, 3], cells: [] });
    const moved = follow(started, notebook, { type: "move", cell: 3, after: null });
    expect(moved.step?.change.order).toEqual([3, 1, 2]);
  });

  test("when a deleted cell comes back as it was, but not when it comes back with other text", () => {
    const gone = follow(started, notebook, { type: "delete", cell: 2 });
    const program = gone.step?.program ?? started;
    const back = follow(program, gone.next, { type: "insert", cell: cell(2, "b"), after: 1 });
    expect(back.step?.change).toMatchObject({ order: [1, 2, 3], cells: [{ id: 2, source: "b" }] });
    const other = follow(program, gone.next, { type: "insert", cell: cell(2, "x"), after: 1 });
    expect(other.step).toBeNull();
  });

  test("at once in its settings, while the text is the one last run", () => {
    const set: Operation = { type: "set", cell: 1, fields: { place: "kernel" } };
    expect(follow(started, notebook, set).step?.change.cells).toMatchObject([{ id: 1, place: "kernel" }]);
    expect(follow(started, setSource(notebook, 1, "typing"), set).step).toBeNull();
  });

  test("not in text, mode or title until the cell is run", () => {
    const typed = setSource(notebook, 2, "b + 1");
    expect(followDocument(started, typed)).toBeNull();
    const mode = follow(started, typed, { type: "set", cell: 2, fields: { mode: "md" } });
    expect(mode.step).toBeNull();
    expect(follow(started, notebook, { type: "title", title: "new" }).step).toBeNull();
    const { change } = runCells(started, mode.next, [2]);
    expect(change).toMatchObject({ cells: [{ id: 2, source: "b + 1", mode: "md" }], rerun: [2] });
  });
});

test("a cell that was never run is in the program only once it is run", () => {
  const { next, step } = follow(started, notebook, { type: "insert", cell: cell(4, "d"), after: 1 });
  expect(step).toBeNull();
  expect(runCells(started, next, [4, 99]).change).toMatchObject({ order: [1, 4, 2, 3], rerun: [4] });
});

test("applying the changes one by one gives the same as the full change, whatever was done", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = mulberry(seed);
    const pick = (limit: number) => Math.floor(random() * limit);
    let present = notebook;
    let program = started;
    let replica = new Map(fullChange(program).cells.map((one) => [one.id, one]));
    for (let turn = 0; turn < 60; turn++) {
      const { change, operation } = act(pick, present, program);
      present = operation ? apply(present, operation) : present;
      const step = operation ? followDocument(program, present) : change;
      if (!step) continue;
      expect(step.change.version).toBe(program.version + 1);
      program = step.program;
      for (const one of step.change.cells) replica.set(one.id, one);
      replica = new Map(step.change.order.map((id) => [id, replica.get(id) as Cell]));
      expect([...replica.values()]).toEqual(fullChange(program).cells);
    }
  }
});

function act(pick: (limit: number) => number, present: Notebook, program: Program) {
  const ids = present.cells.map((one) => one.id);
  const id = ids[pick(ids.length)] ?? 1;
  const operations: Operation[] = [
    { type: "delete", cell: id },
    { type: "move", cell: id, after: null },
    { type: "insert", cell: cell(pick(8) + 1, "abc"[pick(3)] ?? ""), after: null },
    {
      type: "set",
      cell: id,
      fields: { place: pick(2) ? "kernel" : "browser", mode: pick(4) ? "ts" : "sql" },
    },
  ];
  const operation = operations[pick(operations.length + 1)];
  return { operation, change: operation ? null : runCells(program, present, [id]) };
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
