import { ownData } from "./class-names.ts";

/** One entry of a composite: the key as text, or a map's key as it is; `gap` counts the holes it stands for. */
export interface Child {
  readonly key: string | { readonly of: unknown };
  readonly value: unknown;
  readonly note?: string;
}

/** The entries of a composite from one on, at most `count`, and how many there are in all. */
export interface Children {
  readonly size: number;
  readonly list: readonly Child[];
}

export type Shape = "array" | "typedarray" | "map" | "set" | "object" | "error";

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, "size")?.get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, "size")?.get;

/**
 * Entries of a composite, `count` from `from` on. No getter of the value's own runs; cost follows `from + count`
 * for arrays, maps and sets, and the number of keys for objects.
 */
export function childrenOf(value: object, shape: Shape, from: number, count: number): Children {
  if (shape === "map")
    return iterated(Number(mapSize?.call(value)), mapEntries(value as Map<unknown, unknown>), from, count);
  if (shape === "set")
    return iterated(Number(setSize?.call(value)), setEntries(value as Set<unknown>), from, count);
  if (shape === "typedarray") return typedArrayChildren(value as ArrayLike<unknown>, from, count);
  if (shape === "array") return arrayChildren(value as readonly unknown[], from, count);
  const keys = objectKeys(value);
  return objectChildren(value, shape === "error" ? [...hiddenOfErrors(value), ...keys] : keys, from, count);
}

/** What an error was caused by stands in properties that are not enumerable. */
function hiddenOfErrors(value: object): PropertyKey[] {
  const hidden = ["cause", "errors"].map(
    (key) => [key, Object.getOwnPropertyDescriptor(value, key)] as const,
  );
  return hidden.flatMap(([key, own]) => (own && !own.enumerable ? [key] : []));
}

function* mapEntries(map: Map<unknown, unknown>): Generator<Child> {
  for (const [key, value] of Map.prototype.entries.call(map)) yield { key: { of: key }, value };
}

function* setEntries(set: Set<unknown>): Generator<Child> {
  let index = 0;
  for (const value of Set.prototype.values.call(set)) yield { key: String(index++), value };
}

function iterated(size: number, entries: Generator<Child>, from: number, count: number): Children {
  const list: Child[] = [];
  let index = 0;
  for (const entry of entries) {
    if (index >= from + count) break;
    if (index++ >= from) list.push(entry);
  }
  return { size, list };
}

function typedArrayChildren(array: ArrayLike<unknown>, from: number, count: number): Children {
  const list: Child[] = [];
  const end = Math.min(array.length, from + count);
  for (let i = from; i < end; i++) list.push({ key: String(i), value: array[i] });
  return { size: array.length, list };
}

/** Elements, a run of holes as one entry, then (for short arrays) named properties such as `columns`. */
function arrayChildren(array: readonly unknown[], from: number, count: number): Children {
  const list: Child[] = [];
  let i = from;
  while (i < array.length && list.length < count) {
    const child = elementAt(array, i);
    const next = child ? i + 1 : nextElement(array, i);
    list.push(child ?? holes(i, next));
    i = next;
  }
  if (array.length <= 1000 && i >= array.length) list.push(...namedProperties(array, count - list.length));
  return { size: array.length, list };
}

function elementAt(array: readonly unknown[], index: number): Child | undefined {
  const own = Object.getOwnPropertyDescriptor(array, index);
  return own && property(String(index), own);
}

function holes(from: number, to: number): Child {
  const key = to - from === 1 ? String(from) : `${from} … ${to - 1}`;
  return { key, value: undefined, note: to - from === 1 ? "empty" : `${to - from} empty` };
}

/** Index of the first element after a hole; looks at a few by index before it asks for all keys. */
function nextElement(array: readonly unknown[], hole: number): number {
  const near = Math.min(array.length, hole + 1000);
  for (let i = hole + 1; i < near; i++) if (Object.hasOwn(array, i)) return i;
  if (near === array.length) return near;
  return Number(Object.keys(array).find((key) => Number(key) > hole) ?? array.length);
}

function namedProperties(array: readonly unknown[], room: number): Child[] {
  const names = Object.keys(array).filter((key) => !/^\d+$/.test(key));
  return objectChildren(array, names, 0, Math.max(0, room)).list as Child[];
}

/** Enumerable own keys, symbols included; none when a proxy throws. */
function objectKeys(value: object): PropertyKey[] {
  try {
    const symbols = Object.getOwnPropertySymbols(value);
    const shown = symbols.filter((key) => Object.getOwnPropertyDescriptor(value, key)?.enumerable);
    return [...Object.keys(value), ...shown];
  } catch {
    return [];
  }
}

function objectChildren(value: object, keys: readonly PropertyKey[], from: number, count: number): Children {
  const list: Child[] = [];
  for (const key of keys.slice(from, from + count)) list.push(ownProperty(value, key));
  return { size: keys.length, list };
}

function ownProperty(value: object, key: PropertyKey): Child {
  const name = typeof key === "symbol" ? `[${key.toString()}]` : String(key);
  try {
    return property(name, Object.getOwnPropertyDescriptor(value, key) ?? { value: ownData(value, key) });
  } catch {
    return { key: name, value: undefined, note: "(unreadable)" };
  }
}

function property(key: string, own: PropertyDescriptor): Child {
  if (own.get || own.set) return { key, value: undefined, note: own.get ? "(getter)" : "(setter)" };
  return { key, value: own.value };
}
