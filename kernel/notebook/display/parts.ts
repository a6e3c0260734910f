/** Parts of a value that is looked at from elsewhere: entries by their positions from the top, text by its characters. */
import { inputError } from "../errors.ts";
import { type Child, childrenOf } from "./children.ts";
import { describe } from "./describe.ts";
import { identify } from "./identify.ts";
import type { Description } from "./output.ts";
import { keyText } from "./preview.ts";

export interface DescribedEntry {
  readonly key: string;
  readonly value: Description;
}

export interface DescribedEntries {
  readonly size: number;
  readonly entries: readonly DescribedEntry[];
}

/** Enough of a value for the line that stands for it while it is closed. */
export const glance = { depth: 2, entries: 12, total: 80, text: 2000 };

/** Entries of a composite from one on, at most `count`, each described at a glance. */
export function entriesOf(value: unknown, from: number, count: number): DescribedEntries {
  const shape = typeof value === "object" && value !== null ? identify(value).shape : undefined;
  if (!shape) return { size: 0, entries: [] };
  const { size, list } = childrenOf(value as object, shape, from, count);
  return { size, entries: list.map(described) };
}

/** The value at a path of positions. @throws UserError when there is none any more. */
export function partOf(value: unknown, path: readonly number[]): unknown {
  return path.reduce((at: unknown, position) => childAt(at, position)?.value, value);
}

/** Characters of a string from one on, at most `count`. */
export function textOf(value: unknown, from: number, count: number): string {
  if (typeof value === "string") return value.slice(from, from + count);
  throw inputError("there is no text here any more", "run the cell again");
}

export function keyOf({ key }: Child): string {
  return typeof key === "string" ? key : keyText(describe(key.of, glance));
}

/** What stands for a value that is not there or was not read: a hole, a getter. */
export function noteOf(text: string): Description {
  return { kind: "undefined", text };
}

function described(child: Child): DescribedEntry {
  return { key: keyOf(child), value: child.note ? noteOf(child.note) : describe(child.value, glance) };
}

function childAt(value: unknown, position: number): Child {
  const shape = typeof value === "object" && value !== null ? identify(value).shape : undefined;
  const [child] = shape ? childrenOf(value as object, shape, position, 1).list : [];
  if (!child) throw inputError("the value has changed, and this part of it is gone", "run the cell again");
  return child;
}
