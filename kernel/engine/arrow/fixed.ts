import { Batch, bool, type DataType, nullType } from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { withRoom } from "./growable.ts";
import { Validity } from "./validity.ts";
import { type Vector, vectorBytes, vectorValidity } from "./vector.ts";

/** Values that DuckDB and Arrow store alike: their bytes are copied. */
export class FixedEncoder implements ColumnEncoder {
  #bytes: Uint8Array;
  #validity: Validity;
  #type: DataType;
  #width: number;

  /** @param width bytes per value */
  constructor(type: DataType, width: number, rows: number) {
    this.#type = type;
    this.#width = width;
    this.#bytes = new Uint8Array(rows * width);
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    const width = this.#width;
    const from = this.#validity.length * width;
    this.#bytes = withRoom(this.#bytes, from + count * width);
    this.#bytes.set(vectorBytes(vector, (start + count) * width).subarray(start * width), from);
    this.#validity.append(vectorValidity(vector, start + count), start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const values = this.#bytes.subarray(0, length * this.#width);
    return new Batch({ length, nullCount, type: this.#type, validity: this.#validity.finish(), values });
  }
}

/** DuckDB keeps a byte per boolean, Arrow a bit. */
export class BooleanEncoder implements ColumnEncoder {
  #bits: Uint8Array;
  #validity: Validity;

  constructor(rows: number) {
    this.#bits = new Uint8Array(Math.ceil(rows / 8));
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    const from = this.#validity.length;
    const data = vectorBytes(vector, start + count);
    const bits = withRoom(this.#bits, Math.ceil((from + count) / 8));
    for (let i = 0; i < count; i++) {
      const row = from + i;
      if (data[start + i]) bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7));
    }
    this.#bits = bits;
    this.#validity.append(vectorValidity(vector, start + count), start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const values = this.#bits.subarray(0, Math.ceil(length / 8));
    return new Batch({ length, nullCount, type: bool(), validity: this.#validity.finish(), values });
  }
}

/** A column that has nothing but nulls. */
export class NullEncoder implements ColumnEncoder {
  #length = 0;

  append(_vector: Vector, _start: number, count: number): void {
    this.#length += count;
  }

  finish(): Batch<unknown> {
    return new Batch({ length: this.#length, nullCount: this.#length, type: nullType() });
  }
}
