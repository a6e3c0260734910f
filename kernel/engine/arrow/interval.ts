import { Batch, field, float64, int32, int64, struct } from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { withRoom } from "./growable.ts";
import { Validity } from "./validity.ts";
import { isSet, type Vector, vectorBytes, vectorValidity } from "./vector.ts";

/** INTERVAL as `{months, days, micros}`: the three do not convert into each other. */
export class IntervalEncoder implements ColumnEncoder {
  #months: Int32Array;
  #days: Int32Array;
  #micros: BigInt64Array;
  #validity: Validity;

  constructor(rows: number) {
    this.#months = new Int32Array(rows);
    this.#days = new Int32Array(rows);
    this.#micros = new BigInt64Array(rows);
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    const bytes = vectorBytes(vector, (start + count) * 16);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const bits = vectorValidity(vector, start + count);
    const first = this.#validity.length;
    this.#months = withRoom(this.#months, first + count);
    this.#days = withRoom(this.#days, first + count);
    this.#micros = withRoom(this.#micros, first + count);
    for (let i = 0; i < count; i++) {
      if (!isSet(bits, start + i)) continue;
      this.#months[first + i] = view.getInt32((start + i) * 16, true);
      this.#days[first + i] = view.getInt32((start + i) * 16 + 4, true);
      this.#micros[first + i] = view.getBigInt64((start + i) * 16 + 8, true);
    }
    this.#validity.append(bits, start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const common = { length, nullCount: 0, validity: new Uint8Array(0) };
    const months = new Batch({ ...common, type: int32(), values: this.#months.subarray(0, length) });
    const days = new Batch({ ...common, type: int32(), values: this.#days.subarray(0, length) });
    const children = [months, days, microsBatch(this.#micros.subarray(0, length), common)];
    const type = struct(
      ["months", "days", "micros"].map((name, i) => field(name, (children[i] as Batch<unknown>).type)),
    );
    return new Batch({ length, nullCount, type, validity: this.#validity.finish(), children });
  }
}

/** Numbers, unless some are beyond 285 years. */
function microsBatch(
  micros: BigInt64Array,
  common: { length: number; nullCount: number; validity: Uint8Array },
) {
  const numbers = Float64Array.from(micros, Number);
  if (numbers.every(Number.isSafeInteger)) return new Batch({ ...common, type: float64(), values: numbers });
  return new Batch({ ...common, type: int64(), values: micros });
}
