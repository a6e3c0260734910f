/** Sorting in slices: runs are sorted, then merged. */
import type { Pace } from "./pace.ts";

const runLength = 2048;

/** Sorts in place. Stable. */
export async function sortTexts(texts: string[], pace: Pace): Promise<void> {
  const spare: string[] = new Array(texts.length);
  await sorted(texts, spare, (a, b) => compareTexts(a, b), pace);
}

/** Sorts row numbers by a key of theirs, in place. Stable; rows without a key (NaN) come last either way. */
export async function sortRows(
  rows: Uint32Array,
  keys: Float64Array,
  descending: boolean,
  pace: Pace,
): Promise<void> {
  const sign = descending ? -1 : 1;
  const compare = (a: number, b: number) => {
    const [x, y] = [keys[a] as number, keys[b] as number];
    if (x < y) return -sign;
    if (x > y) return sign;
    return x === y ? 0 : Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  };
  await sorted(rows, new Uint32Array(rows.length), compare, pace);
}

/** As DuckDB compares: by code points, where JavaScript compares halves of them. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  return isHalf(x) === isHalf(y) ? x - y : Number(isHalf(x)) - Number(isHalf(y));
}

const isHalf = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

interface List<T> {
  [index: number]: T;
  readonly length: number;
}

async function sorted<T>(
  list: List<T>,
  spare: List<T>,
  compare: (a: T, b: T) => number,
  pace: Pace,
): Promise<void> {
  for (let from = 0; from < list.length; from += runLength) {
    sortRun(list, from, Math.min(list.length, from + runLength), compare);
    if (pace.due) await pace.rest();
  }
  let [source, target] = [list, spare];
  for (let width = runLength; width < list.length; width *= 2) {
    for (let from = 0; from < list.length; from += 2 * width)
      await merge({ source, target, compare, pace }, from, width);
    [source, target] = [target, source];
  }
  if (source !== list) for (let i = 0; i < list.length; i++) list[i] = source[i] as T;
}

function sortRun<T>(list: List<T>, from: number, to: number, compare: (a: T, b: T) => number): void {
  const run = Array.from({ length: to - from }, (_, i) => list[from + i] as T).sort(compare);
  for (let i = 0; i < run.length; i++) list[from + i] = run[i] as T;
}

interface Merging<T> {
  readonly source: List<T>;
  readonly target: List<T>;
  readonly compare: (a: T, b: T) => number;
  readonly pace: Pace;
}

/** Two sorted runs of `source` side by side become one of `target`. */
async function merge<T>(
  { source, target, compare, pace }: Merging<T>,
  from: number,
  width: number,
): Promise<void> {
  const middle = Math.min(source.length, from + width);
  const end = Math.min(source.length, from + 2 * width);
  let [left, right] = [from, middle];
  for (let at = from; at < end; at++) {
    const takeLeft = left < middle && (right >= end || compare(source[left] as T, source[right] as T) <= 0);
    target[at] = source[takeLeft ? left++ : right++] as T;
    if ((at & 4095) === 0 && pace.due) await pace.rest();
  }
}
