import { Batch, type Column, TimeUnit, Type } from "@uwdata/flechette";

/** All values of a column, faster than one by one where that matters. */
export function columnArray(column: Column<unknown>): ArrayLike<unknown> {
  return dateArray(column) ?? textArray(column) ?? column.toArray();
}

/** Units of a timestamp per millisecond. Nanoseconds since 1970 do not fit a number. */
const PER_MS = new Map<number, number>([
  [TimeUnit.SECOND, 1 / 1000],
  [TimeUnit.MILLISECOND, 1],
  [TimeUnit.MICROSECOND, 1000],
]);

/** The Dates of a timestamp column without a BigInt for each; undefined for other columns. */
function dateArray(column: Column<unknown>): (Date | null)[] | undefined {
  const perMs = "unit" in column.type ? PER_MS.get(column.type.unit as number) : undefined;
  if (column.type.typeId !== Type.Timestamp || perMs === undefined) return undefined;
  const dates: (Date | null)[] = [];
  for (const batch of column.data) {
    const { buffer, byteOffset } = batch.values;
    const words = new Int32Array(buffer, byteOffset, batch.length * 2);
    for (let i = 0; i < batch.length; i++) {
      const value = (words[2 * i + 1] as number) * 2 ** 32 + ((words[2 * i] as number) >>> 0);
      if (!Number.isSafeInteger(value)) dates.push(batch.at(i) as Date | null);
      else dates.push(batch.nullCount > 0 && !batch.isValid(i) ? null : new Date(value / perMs));
    }
  }
  return dates;
}

/** Keeps a byte order mark, which is part of a value here. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Texts are cut out of runs decoded at once; a run lives as long as one of its texts. */
const RUN = 4096;

function textArray(column: Column<unknown>): (string | null)[] | undefined {
  if (column.type.typeId !== Type.Utf8) return undefined;
  const texts: (string | null)[] = [];
  for (const batch of column.data) {
    for (let start = 0; start < batch.length; start += RUN) pushTexts(batch, start, texts);
  }
  return texts;
}

function pushTexts(batch: Batch<unknown>, start: number, texts: (string | null)[]): void {
  const end = Math.min(start + RUN, batch.length);
  const offsets = batch.offsets as Int32Array;
  const first = offsets[start] as number;
  const bytes = (batch.values as Uint8Array).subarray(first, offsets[end]);
  const run = utf8.decode(bytes);
  // As many characters as bytes: all are ASCII, and an offset in the bytes is one in the text.
  const same = run.length === bytes.length;
  for (let i = start; i < end; i++) {
    if (batch.nullCount > 0 && !batch.isValid(i)) texts.push(null);
    else if (same) texts.push(run.slice((offsets[i] as number) - first, (offsets[i + 1] as number) - first));
    else texts.push(textAt(batch, i));
  }
}

function textAt(batch: Batch<unknown>, index: number): string {
  const offsets = batch.offsets as Int32Array;
  return utf8.decode((batch.values as Uint8Array).subarray(offsets[index], offsets[index + 1]));
}

const LISTS = new Set<number>([Type.List, Type.FixedSizeList, Type.LargeList]);

/**
 * Corrects how flechette reads a batch and those inside it: lists of numbers become arrays (it gives typed arrays,
 * which JSON takes for objects), nanoseconds are cut to milliseconds (it rounds some of them up), and texts keep a
 * byte order mark.
 */
export function readAsPromised(batch: Batch<unknown>): void {
  const { type } = batch;
  if (type.typeId === Type.Utf8) batch.value = (index) => textAt(batch, index);
  if (type.typeId === Type.Dictionary && type.dictionary.typeId === Type.Utf8) decodeDictionary(batch);
  if (type.typeId === Type.Timestamp && type.unit === TimeUnit.NANOSECOND) {
    batch.value = (index) => new Date(Number((batch.values[index] as bigint) / 1_000_000n));
  }
  for (const child of batch.children ?? []) {
    if (LISTS.has(type.typeId)) child.slice = Batch.prototype.slice;
    readAsPromised(child);
  }
}

function decodeDictionary(batch: Batch<unknown>): void {
  const { dictionary } = batch as Batch<unknown> & { dictionary: Column<unknown> };
  Object.assign(batch, { cache: textArray(dictionary) });
}
