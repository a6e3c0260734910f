import { ChangeSet } from "@codemirror/state";
import {
  type Cell,
  modes,
  type Notebook,
  toCell,
  withPolicy,
} from "../../../kernel/notebook/document/notebook.ts";
import type { CellFields, Operation } from "../../../kernel/notebook/document/operations.ts";

/** Seeded random numbers, so that a failure can be repeated. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed * 2654435761;
  }
  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
}

const words = ["a", "bc", "\n", "  ", "x = 1", "é", "🙂", "\n\n", "    "];

export function randomText(random: Random, most = 6): string {
  return Array.from({ length: random.below(most + 1) }, () => random.pick(words)).join("");
}

export function randomCell(random: Random, id: number): Cell {
  return toCell({ id, source: randomText(random), mode: random.pick(modes) });
}

export function randomNotebook(random: Random, most = 6): Notebook {
  const ids = Array.from({ length: random.below(most + 1) }, (_, index) => index + 1);
  const cells = ids.map((id) => randomCell(random, id)).sort(() => random.next() - 0.5);
  const title = randomText(random, 2);
  return withPolicy({ title, cells }, title.length % 3 === 2 ? "lazy" : "auto");
}

export function randomChange(random: Random, source: string): ChangeSet {
  const one = () => {
    const from = random.below(source.length + 1);
    const to = random.chance(0.5) ? from : Math.min(source.length, from + random.below(4));
    return { from, to, insert: random.chance(0.3) ? "" : randomText(random, 2) };
  };
  const specs = Array.from({ length: 1 + random.below(3) }, one).sort((a, b) => a.from - b.from);
  const apart = specs.filter((spec, index) => specs.slice(0, index).every((other) => other.to < spec.from));
  return ChangeSet.of(apart, source.length, "\n");
}

function randomFields(random: Random): CellFields {
  const all: CellFields = {
    mode: random.pick(modes),
    place: random.pick(["browser", "kernel"] as const),
    run: random.pick(["auto", "manual", "once", "off"] as const),
    name: random.pick([null, "one", "two"]),
    pinned: random.chance(0.5),
    hidden: random.chance(0.5),
  };
  return Object.fromEntries(Object.entries(all).filter(() => random.chance(0.4)));
}

/** Decided by the title, so that each seed goes on as it did before notebooks had a policy. */
function titleOrPolicy(title: string): Operation {
  if (title.length % 3 !== 1) return { type: "title", title };
  return { type: "policy", run: title === "a" ? "lazy" : "auto" };
}

/** An operation on `notebook`; now and then one that cannot do anything. */
export function randomOperation(random: Random, notebook: Notebook, newId: number): Operation {
  const ids = notebook.cells.map((cell) => cell.id);
  const after = random.chance(0.2) ? null : random.chance(0.05) ? 999 : random.pick([null, ...ids]);
  const cell = random.chance(0.03) || ids.length === 0 ? 998 : random.pick(ids);
  const kind = random.pick([
    "insert",
    "insert",
    "delete",
    "move",
    "move",
    "edit",
    "edit",
    "edit",
    "set",
    "title",
  ]);
  if (kind === "insert") return { type: "insert", cell: randomCell(random, newId), after };
  if (kind === "delete") return { type: "delete", cell };
  if (kind === "move") return { type: "move", cell, after };
  if (kind === "set") return { type: "set", cell, fields: randomFields(random) };
  if (kind === "title") return titleOrPolicy(randomText(random, 2));
  const source = notebook.cells.find((other) => other.id === cell)?.source ?? "";
  return { type: "edit", cell, changes: randomChange(random, source).toJSON() };
}
