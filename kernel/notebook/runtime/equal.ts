/**
 * Whether a new value is the old one again, so that nothing that depends on it need run. Says no when in doubt: for
 * anything that may hide a difference (class instances, DOM nodes), and where comparing would cost more than it saves.
 */
import { isQueryResult } from "../table.ts";

/**
 * Values looked at, and bytes compared, before giving up. Bytes pass at 1 GB/s and more, so that a table of this size
 * is compared in some 50 ms: a third of what it takes to send it to the other place, before anything runs there.
 */
const mostValues = 2000;
const mostBytes = 64 * 2 ** 20;

/** One and the same object counts as changed: the cell may have changed it in place. */
export function isSameValue(before: unknown, after: unknown): boolean {
  if (isObject(before) && before === after) return false;
  return isEqual(before, after, { values: mostValues, bytes: mostBytes });
}

interface Budget {
  values: number;
  bytes: number;
}

function isEqual(a: unknown, b: unknown, budget: Budget): boolean {
  if (Object.is(a, b)) return true;
  if (--budget.values < 0 || !isObject(a) || !isObject(b)) return false;
  const prototype = Object.getPrototypeOf(a);
  if (prototype !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) return areEqualLists(a, b as unknown as readonly unknown[], budget);
  if (prototype === Object.prototype || prototype === null) return areEqualRecords(a, b, budget);
  return isEqualBuiltin(a, b, budget);
}

function isEqualBuiltin(a: object, b: object, budget: Budget): boolean {
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof Map) return areEqualLists([...a].flat(), [...(b as typeof a)].flat(), budget);
  if (a instanceof Set) return areEqualLists([...a], [...(b as typeof a)], budget);
  if (isQueryResult(a) && isQueryResult(b)) return areEqualBytes(a.bytes, b.bytes, budget);
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return areEqualBytes(bytesOf(a), bytesOf(b), budget);
  return false;
}

function areEqualLists(a: readonly unknown[], b: readonly unknown[], budget: Budget): boolean {
  return a.length === b.length && a.every((item, index) => isEqual(item, b[index], budget));
}

function areEqualRecords(a: object, b: object, budget: Budget): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (left.length !== right.length || Object.getOwnPropertySymbols(a).length > 0) return false;
  return left.every(
    ([key, item], index) => key === right[index]?.[0] && isEqual(item, right[index]?.[1], budget),
  );
}

function areEqualBytes(a: Uint8Array, b: Uint8Array, budget: Budget): boolean {
  if (a.length !== b.length) return false;
  budget.bytes -= a.length;
  if (budget.bytes < 0) return false;
  const wordy = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >> 2 : 0;
  return areEqualItems(wordsOf(a, wordy), wordsOf(b, wordy)) && areEqualItems(a, b, 4 * wordy);
}

type Integers = Int32Array | Uint8Array;

function areEqualItems(a: Integers, b: Integers, from = 0): boolean {
  for (let index = from; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Words of four bytes are compared five times as fast as bytes, and, other than numbers, are what they look like. */
function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  return count === 0 ? new Int32Array() : new Int32Array(bytes.buffer, bytes.byteOffset, count);
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
