import { type Column, type DataType, TimeUnit, Type, timestamp } from "@uwdata/flechette";
import { columnArray } from "./table-decode.ts";

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
    this.#array ??= columnArray(this.#column);
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
