import { childrenOf } from "../../kernel/notebook/display/children.ts";
import { describe } from "../../kernel/notebook/display/describe.ts";
import { identify } from "../../kernel/notebook/display/identify.ts";
import type { Description } from "../../kernel/notebook/display/output.ts";
import {
  type DescribedEntries,
  type DescribedEntry,
  glance,
  keyOf,
  noteOf,
} from "../../kernel/notebook/display/parts.ts";
import { keyText } from "../../kernel/notebook/display/preview.ts";
import type { Ask } from "../library/context.ts";

/** A value as an inspector looks at it, wherever it is: what is closed has not been read. */
export interface Inspected {
  /** Enough for the line that stands for it. */
  readonly description: Description;
  /** Entries from one on, at most `count`; at once, if they are here. */
  entries(from: number, count: number): Entries | Promise<Entries>;
  /** Characters of a string from one on, at most `count`. */
  text(from: number, count: number): string | Promise<string>;
}

export interface Entries {
  readonly size: number;
  readonly list: readonly { readonly key: string; readonly value: Inspected }[];
}

/** A value of this place. */
export function liveValue(value: unknown, limits: Partial<typeof glance> = glance): Inspected {
  return {
    description: describe(value, limits),
    entries: (from, count) => liveEntries(value as object, from, count),
    text: (from, count) => String(value).slice(from, from + count),
  };
}

function liveEntries(value: object, from: number, count: number): Entries {
  const shape = identify(value).shape;
  if (!shape) return { size: 0, list: [] };
  const { size, list } = childrenOf(value, shape, from, count);
  return {
    size,
    list: list.map((child) => ({
      key: keyOf(child),
      value: child.note ? described(noteOf(child.note)) : liveValue(child.value),
    })),
  };
}

/** A value of which there is only what was described. */
function described(description: Description): Inspected {
  const list = (description.entries ?? []).map(({ key, value }) => ({
    key: keyText(key),
    value: described(value),
  }));
  return {
    description,
    entries: () => ({ size: list.length, list }),
    text: (from, count) => description.text.slice(from, from + count),
  };
}

/** A value of a kernel cell, opened over the wire. @param path positions of entries from the value with this key on */
export function remoteValue(
  description: Description,
  ask: Ask,
  id: string,
  path: readonly number[] = [],
): Inspected {
  return {
    description,
    async entries(from, count) {
      const request = { type: "entries", value: id, path, from, count } as const;
      const { size, entries } = (await ask(request)) as DescribedEntries;
      const child = (entry: DescribedEntry, index: number) =>
        remoteValue(entry.value, ask, id, [...path, from + index]);
      return { size, list: entries.map((entry, index) => ({ key: entry.key, value: child(entry, index) })) };
    },
    text: async (from, count) => (await ask({ type: "text", value: id, path, from, count })) as string,
  };
}
