import { Batch, type DataType, decimal, float64, int64, uint64, utf8 } from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { withRoom } from "./growable.ts";
import { textBatch } from "./text-batch.ts";
import { Validity } from "./validity.ts";
import { isSet, type Vector, vectorBytes, vectorValidity } from "./vector.ts";

/** How an integer wider than JavaScript's numbers (or the integer under a DECIMAL) lies in DuckDB's memory. */
export type Physical = "int16" | "int32" | "int64" | "uint64" | "int128" | "uint128";

const WIDTH: Readonly<Record<Physical, number>> = {
  int16: 2,
  int32: 4,
  int64: 8,
  uint64: 8,
  int128: 16,
  uint128: 16,
};
const HIGH = 2 ** 32;

/**
 * Integers of 64 and 128 bits, and DECIMALs. As long as every value can be told apart as a JavaScript number, the
 * column is float64, so that counts and sums are numbers. From the first that cannot, the whole column is exact:
 * int64, uint64 or decimal of scale 0 (BigInt when read), and text for a DECIMAL with digits after the point.
 */
export class WideEncoder implements ColumnEncoder {
  #physical: Physical;
  #scale: number;
  #numbers: Float64Array;
  #exact: bigint[] | null = null;
  #validity: Validity;

  constructor(physical: Physical, scale: number, rows: number) {
    this.#physical = physical;
    this.#scale = scale;
    this.#numbers = new Float64Array(rows);
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    const bytes = vectorBytes(vector, (start + count) * WIDTH[this.#physical]);
    const bits = vectorValidity(vector, start + count);
    if (this.#exact === null && !this.#appendNumbers(bytes, bits, start, count)) this.#becomeExact();
    if (this.#exact !== null) this.#appendExact(this.#exact, bytes, bits, start, count);
    this.#validity.append(bits, start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const common = { length, nullCount, validity: this.#validity.finish() };
    if (this.#exact === null) return new Batch({ ...common, type: float64(), values: this.#scaled(length) });
    return exactBatch(this.#exact, this.#physical, this.#scale, common);
  }

  /** False if a value is met that a number cannot stand for; then nothing counts as added. */
  #appendNumbers(bytes: Uint8Array, bits: Uint8Array | null, start: number, count: number): boolean {
    const from = this.#validity.length;
    const numbers = withRoom(this.#numbers, from + count);
    this.#numbers = numbers;
    const read = reader(this.#physical, bytes);
    // Below 2^52 a double keeps the digits of any decimal fraction apart.
    const limit = this.#scale === 0 ? Number.MAX_SAFE_INTEGER : 2 ** 52;
    for (let i = 0; i < count; i++) {
      const value = read(start + i);
      if (value <= limit && value >= -limit) numbers[from + i] = value;
      else if (isSet(bits, start + i)) return false;
    }
    return true;
  }

  #becomeExact(): void {
    this.#exact = Array.from(this.#numbers.subarray(0, this.#validity.length), BigInt);
    this.#numbers = new Float64Array(0);
  }

  #appendExact(
    exact: bigint[],
    bytes: Uint8Array,
    bits: Uint8Array | null,
    start: number,
    count: number,
  ): void {
    const read = exactReader(this.#physical, bytes);
    for (let i = start; i < start + count; i++) exact.push(isSet(bits, i) ? read(i) : 0n);
  }

  #scaled(length: number): Float64Array {
    const values = this.#numbers.subarray(0, length);
    if (this.#scale === 0) return values;
    // Powers of ten above 10^22 are no doubles; there the decimal text decides.
    const [scale, divisor] = [this.#scale, 10 ** this.#scale];
    return values.map(scale <= 22 ? (value) => value / divisor : (value) => Number(`${value}e-${scale}`));
  }
}

type Read<T> = (index: number) => T;

function reader(physical: Physical, bytes: Uint8Array): Read<number> {
  const { buffer, byteOffset, byteLength } = bytes;
  if (physical === "int16") {
    const items = new Int16Array(buffer, byteOffset, byteLength / 2);
    return (i) => items[i] as number;
  }
  const words = new Int32Array(buffer, byteOffset, byteLength / 4);
  const at = (i: number) => words[i] as number;
  if (physical === "int32") return at;
  if (physical === "int64") return (i) => at(2 * i + 1) * HIGH + (at(2 * i) >>> 0);
  if (physical === "uint64") return (i) => (at(2 * i + 1) >>> 0) * HIGH + (at(2 * i) >>> 0);
  const least = physical === "uint128" ? 0 : -1;
  return (i) => narrow128(at(4 * i), at(4 * i + 1), at(4 * i + 2), at(4 * i + 3), least);
}

/** Words from low to high. Infinity for what needs more than 64 bits; that is unsafe in any case. */
function narrow128(w0: number, w1: number, w2: number, w3: number, least: number): number {
  const sign = w1 < 0 ? -1 : 0;
  return w2 === sign && w3 === sign && sign >= least ? w1 * HIGH + (w0 >>> 0) : Infinity;
}

function exactReader(physical: Physical, bytes: Uint8Array): Read<bigint> {
  const { buffer, byteOffset, byteLength } = bytes;
  if (physical === "int64") {
    const items = new BigInt64Array(buffer, byteOffset, byteLength / 8);
    return (i) => items[i] as bigint;
  }
  const items = new BigUint64Array(buffer, byteOffset, byteLength / 8);
  const at = (i: number) => items[i] as bigint;
  if (physical === "uint64") return at;
  if (physical === "uint128") return (i) => (at(2 * i + 1) << 64n) | at(2 * i);
  return (i) => (BigInt.asIntN(64, at(2 * i + 1)) << 64n) | at(2 * i);
}

interface Common {
  readonly length: number;
  readonly nullCount: number;
  readonly validity: Uint8Array;
}

function exactBatch(
  exact: readonly bigint[],
  physical: Physical,
  scale: number,
  common: Common,
): Batch<unknown> {
  if (scale > 0)
    return textBatch(
      utf8(),
      common,
      exact.map((value) => decimalText(value, scale)),
    );
  if (physical === "int64") return new Batch({ ...common, type: int64(), values: BigInt64Array.from(exact) });
  if (physical === "uint64")
    return new Batch({ ...common, type: uint64(), values: BigUint64Array.from(exact) });
  return physical === "uint128"
    ? words(exact, 4, decimal(39, 0, 256), common)
    : words(exact, 2, decimal(38, 0), common);
}

function words(exact: readonly bigint[], stride: number, type: DataType, common: Common): Batch<unknown> {
  const values = new BigUint64Array(exact.length * stride);
  exact.forEach((value, i) => {
    for (let word = 0; word < stride; word++) values[i * stride + word] = value >> BigInt(64 * word);
  });
  return new Batch({ ...common, type, values });
}

/** 12345n with scale 2 → "123.45" */
export function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${value < 0n ? "-" : ""}${digits.slice(0, point)}${scale > 0 ? "." : ""}${digits.slice(point)}`;
}
