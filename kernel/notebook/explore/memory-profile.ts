/** What keyed columns hold. */
import { edges, type Frame, frameOf } from "./frame.ts";
import type { KeyedColumn } from "./keyed-column.ts";
import type { ColumnKind } from "./kind.ts";
import { sortRows } from "./order.ts";
import type { Pace } from "./pace.ts";
import { mostTop, type PlainValue, type Profile } from "./source.ts";

/** What all profiles of a column are drawn over: made from the whole table. */
export interface ColumnFrame {
  readonly frame: Frame | null;
  readonly top: readonly { readonly key: number; readonly value: PlainValue }[];
}

const nothing = { distinct: null, min: null, max: null, mean: null, median: null, bins: [], top: [] };

export async function columnFrame(column: KeyedColumn, kind: ColumnKind, pace: Pace): Promise<ColumnFrame> {
  if (kind === "text" || kind === "boolean") return { frame: null, top: await topOf(column, kind, pace) };
  if (kind === "other") return { frame: null, top: [] };
  let [min, max, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  await pace.each(column.keys.length, (row) => {
    const key = column.keys[row] as number;
    if (!Number.isFinite(key)) return;
    if (key < min) min = key;
    if (key > max) max = key;
    if (whole && Math.floor(key) !== key) whole = false;
  });
  return { frame: min > max ? null : frameOf(min, max, kind, whole), top: [] };
}

async function topOf({ keys, texts }: KeyedColumn, kind: ColumnKind, pace: Pace) {
  const counts = new Float64Array(texts?.length ?? 2);
  await pace.each(keys.length, (row) => {
    const key = keys[row] as number;
    if (!Number.isNaN(key)) counts[key] = (counts[key] as number) + 1;
  });
  const places = await mostFrequent(counts, pace);
  const value = (key: number) => (kind === "boolean" ? key === 1 : (texts?.[key] ?? ""));
  return places.map((key) => ({ key, value: value(key) }));
}

/** Places of the largest counts, the largest first; the first of those that are alike. */
async function mostFrequent(counts: Float64Array, pace: Pace): Promise<number[]> {
  let best: number[] = [];
  const order = (a: number, b: number) => (counts[b] as number) - (counts[a] as number) || a - b;
  await pace.each(counts.length, (place) => {
    const least = best.length < mostTop ? 0 : (counts[best[mostTop - 1] as number] as number);
    if ((counts[place] as number) <= least) return;
    best.push(place);
    if (best.length >= 2 * mostTop) best = best.sort(order).slice(0, mostTop);
    else if (best.length > mostTop) best.sort(order);
  });
  return best.sort(order).slice(0, mostTop);
}

/** @param rows of the view, in any order; null: all */
export async function profileOf(
  column: KeyedColumn,
  kind: ColumnKind,
  frame: ColumnFrame,
  rows: Uint32Array | null,
  missing: (row: number) => boolean,
  pace: Pace,
): Promise<Profile> {
  const count = rows?.length ?? column.keys.length;
  const rowAt = (index: number) => (rows ? (rows[index] as number) : index);
  if (kind === "other") {
    let none = 0;
    await pace.each(count, (index) => {
      if (missing(rowAt(index))) none++;
    });
    return { rows: count, missing: none, ...nothing };
  }
  const present = await presentKeys(column.keys, count, rowAt, pace);
  const base = { rows: count, missing: count - present.length };
  if (frame.top.length > 0 || kind === "text" || kind === "boolean")
    return { ...base, ...nothing, ...(await countsOf(present, column, frame, pace)) };
  return { ...base, ...nothing, ...(await figuresOf(present, frame, kind, pace)) };
}

async function presentKeys(
  keys: Float64Array,
  count: number,
  rowAt: (index: number) => number,
  pace: Pace,
): Promise<Float64Array> {
  const present = new Float64Array(count);
  let length = 0;
  await pace.each(count, (index) => {
    const key = keys[rowAt(index)] as number;
    if (!Number.isNaN(key)) present[length++] = key;
  });
  return present.subarray(0, length);
}

async function countsOf(present: Float64Array, { texts }: KeyedColumn, { top }: ColumnFrame, pace: Pace) {
  const counts = new Float64Array(texts?.length ?? 2);
  let distinct = 0;
  await pace.each(present.length, (index) => {
    const key = present[index] as number;
    if (counts[key] === 0) distinct++;
    counts[key] = (counts[key] as number) + 1;
  });
  return { distinct, top: top.map(({ key, value }) => ({ value, count: counts[key] as number })) };
}

async function figuresOf(present: Float64Array, { frame }: ColumnFrame, kind: ColumnKind, pace: Pace) {
  const sorted = await sortedKeys(present, pace);
  let distinct = 0;
  await pace.each(sorted.length, (index) => {
    if (index === 0 || sorted[index] !== sorted[index - 1]) distinct++;
  });
  const finite = finiteOf(sorted);
  const counts = new Float64Array(frame?.bins ?? 0);
  let sum = 0;
  await pace.each(finite.length, (index) => {
    const key = finite[index] as number;
    sum += key;
    if (frame) count(counts, frame, key);
  });
  const bins = frame ? edges(frame).map((bin, index) => ({ ...bin, count: counts[index] as number })) : [];
  const mean = kind === "number" && finite.length > 0 ? sum / finite.length : null;
  const median = middle(finite);
  return { distinct, bins, min: figure(sorted[0]), max: figure(sorted[sorted.length - 1]), mean, median };
}

/** Without a sign of zero. */
const figure = (value: number | undefined): number | null => (value === undefined ? null : value + 0);

/** Of sorted numbers those that are finite. */
function finiteOf(sorted: Float64Array): Float64Array {
  let [from, to] = [0, sorted.length];
  while (from < to && sorted[from] === Number.NEGATIVE_INFINITY) from++;
  while (from < to && sorted[to - 1] === Number.POSITIVE_INFINITY) to--;
  return sorted.subarray(from, to);
}

function count(counts: Float64Array, { start, step, bins }: Frame, key: number): void {
  const bin = Math.min(bins - 1, Math.max(0, Math.floor((key - start) / step)));
  counts[bin] = (counts[bin] as number) + 1;
}

function middle(sorted: Float64Array): number | null {
  if (sorted.length === 0) return null;
  const at = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

/** Sorted numbers in slices. */
async function sortedKeys(present: Float64Array, pace: Pace): Promise<Float64Array> {
  const rows = new Uint32Array(present.length);
  await pace.each(rows.length, (row) => {
    rows[row] = row;
  });
  await sortRows(rows, present, false, pace);
  const sorted = new Float64Array(present.length);
  await pace.each(rows.length, (index) => {
    sorted[index] = present[rows[index] as number] as number;
  });
  return sorted;
}
