import { ChangeSet } from "@codemirror/state";
import { type Notebook, nextId, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";

export type Random = () => number;

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const below = (random: Random, limit: number) => Math.floor(random() * limit);

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[below(random, items.length)];
}

/** An operation that an author of this notebook might do. */
export function randomOperation(random: Random, notebook: Notebook): Operation {
  const cell = pick(random, notebook.cells);
  const after = pick(random, [null, ...notebook.cells.map(({ id }) => id)]) ?? null;
  const kind = below(random, 10);
  if (!cell || kind === 0) {
    const id = nextId(notebook);
    return { type: "insert", cell: toCell({ id, source: `cell ${id}` }), after };
  }
  if (kind === 1) return { type: "delete", cell: cell.id };
  if (kind === 2) return { type: "move", cell: cell.id, after };
  if (kind === 3) return { type: "set", cell: cell.id, fields: { mode: pick(random, ["ts", "md"]) ?? "ts" } };
  if (kind === 4) return { type: "title", title: `title ${below(random, 100)}` };
  return { type: "edit", cell: cell.id, changes: randomChanges(random, cell.source) };
}

function randomChanges(random: Random, text: string): unknown {
  const from = below(random, text.length + 1);
  const to = Math.min(text.length, from + below(random, 4));
  const insert = pick(random, ["a", "bc", "\n", "x\ny", ""]) ?? "";
  return ChangeSet.of({ from, to, insert }, text.length, "\n").toJSON();
}
