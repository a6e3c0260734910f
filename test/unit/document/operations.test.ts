import { ChangeSet } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { apply, applyAll } from "../../../kernel/notebook/document/apply.ts";
import { difference } from "../../../kernel/notebook/document/difference.ts";
import { invert, invertAll } from "../../../kernel/notebook/document/invert.ts";
import { type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { rebase } from "../../../kernel/notebook/document/rebase.ts";
import { transform } from "../../../kernel/notebook/document/transform.ts";
import { Random, randomNotebook, randomOperation } from "./random.ts";

const notebook: Notebook = {
  title: "Coffee",
  cells: [1, 2, 3].map((id) => toCell({ id, source: `cell ${id}` })),
};

const ids = (value: Notebook) => value.cells.map((cell) => cell.id);
const insert = (id: number, after: number | null): Operation => ({
  type: "insert",
  cell: toCell({ id }),
  after,
});
const edit = (cell: number, from: number, to: number, text: string): Operation => ({
  type: "edit",
  cell,
  changes: ChangeSet.of({ from, to, insert: text }, 6).toJSON(),
});

/** Both orders of two concurrent operations, checked to agree. */
function merge(start: Notebook, left: Operation, right: Operation): Notebook {
  const [a, b] = [transform(start, left, right, "left"), transform(start, right, left, "right")];
  const one = applyAll(apply(start, left), b ? [b] : []);
  const two = applyAll(apply(start, right), a ? [a] : []);
  expect(two).toEqual(one);
  return one;
}

describe("apply", () => {
  it("puts a cell first, after another, and last when that one is gone", () => {
    expect(ids(apply(notebook, insert(9, null)))).toEqual([9, 1, 2, 3]);
    expect(ids(apply(notebook, insert(9, 2)))).toEqual([1, 2, 9, 3]);
    expect(ids(apply(notebook, insert(9, 77)))).toEqual([1, 2, 3, 9]);
  });

  it("gives the same object back when nothing changes", () => {
    const idle: Operation[] = [
      insert(2, null),
      { type: "delete", cell: 7 },
      { type: "move", cell: 2, after: 1 },
      { type: "move", cell: 2, after: 2 },
      { type: "edit", cell: 7, changes: [6, [0, "x"]] },
      { type: "edit", cell: 1, changes: [6] },
      { type: "set", cell: 1, fields: { pinned: false } },
      { type: "title", title: "Coffee" },
    ];
    for (const operation of idle) expect(apply(notebook, operation)).toBe(notebook);
    for (const operation of idle) expect(invert(notebook, operation)).toBeNull();
  });

  it("never changes a cell's id or text by set", () => {
    const fields = { id: 5, source: "stolen", run: "off" } as never;
    expect(apply(notebook, { type: "set", cell: 1, fields }).cells[0]).toEqual({
      ...notebook.cells[0],
      run: "off",
    });
  });

  it.each([[{}], [[-1]], [["x"]], [[[2, 5]]], [[3, [0, "x"]]], [null]])(
    "refuses the text change %j",
    (changes) => {
      expect(() => apply(notebook, { type: "edit", cell: 1, changes })).toThrow(/text change/);
    },
  );

  it("keeps one kind of line break", () => {
    const cell = toCell({ id: 9, source: "a\r\nb" });
    expect(apply(notebook, { type: "insert", cell, after: 3 }).cells[3]?.source).toBe("a\nb");
  });
});

describe("two concurrent operations", () => {
  it("let a deletion win over an edit and a move of its cell", () => {
    expect(ids(merge(notebook, { type: "delete", cell: 2 }, edit(2, 0, 0, "x")))).toEqual([1, 3]);
    expect(ids(merge(notebook, { type: "move", cell: 2, after: null }, { type: "delete", cell: 2 }))).toEqual(
      [1, 3],
    );
  });

  it("put a cell where the deleted one before it was", () => {
    expect(ids(merge(notebook, { type: "delete", cell: 2 }, insert(9, 2)))).toEqual([1, 9, 3]);
    expect(ids(merge(notebook, insert(9, 2), { type: "delete", cell: 2 }))).toEqual([1, 9, 3]);
  });

  it("leave a cell where it was put when the one before it moves away", () => {
    expect(ids(merge(notebook, { type: "move", cell: 1, after: 3 }, insert(9, 1)))).toEqual([9, 2, 3, 1]);
  });

  it("put the earlier of two cells first in the same gap", () => {
    expect(ids(merge(notebook, insert(8, 1), insert(9, 1)))).toEqual([1, 8, 9, 2, 3]);
  });

  it("let the later move, title and value hold, and keep other fields of both", () => {
    const first: Operation = { type: "set", cell: 1, fields: { run: "once", pinned: true } };
    const second: Operation = { type: "set", cell: 1, fields: { run: "off", hidden: true } };
    expect(merge(notebook, first, second).cells[0]).toMatchObject({ run: "off", pinned: true, hidden: true });
    expect(merge(notebook, { type: "title", title: "A" }, { type: "title", title: "B" }).title).toBe("B");
    const [up, down]: Operation[] = [
      { type: "move", cell: 2, after: null },
      { type: "move", cell: 2, after: 3 },
    ];
    if (up && down) expect(ids(merge(notebook, up, down))).toEqual([1, 3, 2]);
  });

  it("keep both texts", () => {
    expect(merge(notebook, edit(1, 0, 0, "A"), edit(1, 6, 6, "B")).cells[0]?.source).toBe("Acell 1B");
    expect(merge(notebook, edit(1, 0, 0, "A"), edit(1, 0, 0, "B")).cells[0]?.source).toBe("ABcell 1");
  });

  it("converge, whatever they are", () => {
    for (let seed = 1; seed <= 8000; seed++) {
      const random = new Random(seed);
      const start = randomNotebook(random);
      const [left, right] = [randomOperation(random, start, 20), randomOperation(random, start, 21)];
      const [a, b] = [transform(start, left, right, "left"), transform(start, right, left, "right")];
      const one = applyAll(apply(start, left), b ? [b] : []);
      const two = applyAll(apply(start, right), a ? [a] : []);
      expect(two, `seed ${seed}: ${JSON.stringify({ left, right })}`).toEqual(one);
    }
  });
});

describe("rows of operations", () => {
  const row = (random: Random, start: Notebook, firstId: number) => {
    let state = start;
    return Array.from({ length: random.below(6) }, (_, index) => {
      const operation = randomOperation(random, state, firstId + index);
      state = apply(state, operation);
      return operation;
    });
  };

  it("converge, also when both use the same ids", () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = new Random(seed);
      const start = randomNotebook(random);
      const [mine, theirs] = [row(random, start, 20), row(random, start, random.chance(0.5) ? 20 : 40)];
      const carried = rebase(start, mine, theirs);
      const rest = carried.mine.filter((operation) => operation !== null);
      const one = applyAll(applyAll(start, theirs), rest);
      expect(applyAll(applyAll(start, mine), carried.theirs), `seed ${seed}`).toEqual(one);
    }
  });

  it("keep both of two cells that got the same id, with what was typed into them since", () => {
    const mine: Operation[] = [insert(4, 3), { type: "edit", cell: 4, changes: [[0, "mine"]] }];
    const theirs: Operation[] = [insert(4, 1), { type: "edit", cell: 4, changes: [[0, "theirs"]] }];
    const carried = rebase(notebook, mine, theirs);
    const merged = applyAll(applyAll(notebook, mine), carried.theirs);
    expect(merged.cells.map((cell) => cell.source)).toEqual(["cell 1", "theirs", "cell 2", "cell 3", "mine"]);
    expect(new Set(ids(merged)).size).toBe(5);
  });

  it("are undone by their inverses", () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = new Random(seed);
      const start = randomNotebook(random);
      const operations = row(random, start, 20);
      const undone = applyAll(applyAll(start, operations), invertAll(start, operations));
      expect(undone, `seed ${seed}`).toEqual(start);
    }
  });

  it("are found from the notebooks before and after", () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = new Random(seed);
      const from = randomNotebook(random, 8);
      const to = applyAll(from, [...row(random, from, 20), ...row(random, from, 30)].filter(fits(from)));
      expect(applyAll(from, difference(from, to)), `seed ${seed}`).toEqual(to);
    }
  });

  it("between notebooks are few: one move for a moved cell, one character for a typed one", () => {
    const moved = apply(notebook, { type: "move", cell: 1, after: 3 });
    expect(difference(notebook, moved)).toEqual([{ type: "move", cell: 1, after: 3 }]);
    expect(difference(notebook, apply(notebook, edit(2, 3, 3, "!")))).toEqual([edit(2, 3, 3, "!")]);
  });

  it("between texts leave the lines alone that are the same", () => {
    const text = (...lines: string[]) => ({
      ...notebook,
      cells: [toCell({ id: 1, source: lines.join("\n") })],
    });
    const [operation] = difference(
      text("one", "two", "three", "four"),
      text("zero", "one", "two", "3", "four"),
    );
    expect(operation).toMatchObject({ changes: [[0, "zero", ""], 8, [5, "3"], 5] });
  });
});

/** Text edits made against another state would not fit. */
function fits(start: Notebook) {
  let state = start;
  return (operation: Operation): boolean => {
    try {
      state = apply(state, operation);
      return true;
    } catch {
      return false;
    }
  };
}
