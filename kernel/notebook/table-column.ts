import { Batch, type Column, type DataType, TimeUnit, Type, timestamp } from "@uwdata/flechette";

/** Name and engine type of a column. Says its name as text, so that lists of columns do where lists of names are asked for. */
export class ResultColumn {
  readonly name: string;
  readonly type: string;

  constructor(name: string, type: string) {
    this.name = name;
    this.type = type;
  }

  toString(): string {
    return this.name;
  }
}

/** The values of a column, in the shape of an Arrow vector. Dates are `Date`s, whatever their Arrow unit. */
export class ResultVector implements Iterable<unknown> {
  /** For dates, the type that tells Plot and Inputs so. */
  readonly type: DataType;
  readonly length: number;
  readonly nullCount: number;
  /** The record batches, for Arquero. */
  readonly data: Column<unknown>["data"];
  #column: Column<unknown>;
  #array: ArrayLike<unknown> | undefined;

  constructor(column: Column<unknown>) {
    this.#column = column;
    this.type = isDateType(column.type) ? SHOWN_DATE_TYPE : column.type;
    this.length = column.length;
    this.nullCount = column.nullCount;
    this.data = column.data;
  }

  at(index: number): unknown {
    const at = index < 0 ? index + this.length : index;
    if (!(at >= 0 && at < this.length)) return undefined;
    return this.#array ? this.#array[at] : this.#column.at(at);
  }

  get(index: number): unknown {
    return this.at(index);
  }

  /** All values, decoded once and kept: a typed array over the Arrow bytes where it can be. Not to be changed. */
  toArray(): ArrayLike<unknown> & Iterable<unknown> {
    this.#array ??= dateArray(this.#column) ?? this.#column.toArray();
    return this.#array as ArrayLike<unknown> & Iterable<unknown>;
  }

  toJSON(): unknown[] {
    return Array.from(this.toArray());
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.toArray()[Symbol.iterator]();
  }
}

/** What a date column says it is: Plot and Inputs take columns of this Arrow type for dates. */
const SHOWN_DATE_TYPE: DataType = timestamp(TimeUnit.MILLISECOND);

const isDateType = (type: DataType): boolean => type.typeId === Type.Date || type.typeId === Type.Timestamp;

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

const LISTS = new Set<number>([Type.List, Type.FixedSizeList, Type.LargeList]);

/**
 * Corrects how flechette reads a batch and those inside it: lists of numbers become arrays (it gives typed arrays,
 * which JSON takes for objects), and nanoseconds are cut to milliseconds (it rounds some of them up).
 */
export function readAsPromised(batch: Batch<unknown>): void {
  if (batch.type.typeId === Type.Timestamp && batch.type.unit === TimeUnit.NANOSECOND) {
    batch.value = (index) => new Date(Number((batch.values[index] as bigint) / 1_000_000n));
  }
  for (const child of batch.children ?? []) {
    if (LISTS.has(batch.type.typeId)) child.slice = Batch.prototype.slice;
    readAsPromised(child);
  }
}
