import { type Batch, Column, dictionary, uint8, uint16, uint32, utf8 } from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { FixedEncoder } from "./fixed.ts";
import { textBatch } from "./text-batch.ts";
import type { Vector } from "./vector.ts";

/** ENUM: DuckDB's codes are Arrow's dictionary indices. */
export class EnumEncoder implements ColumnEncoder {
  #values: readonly string[];
  #codes: FixedEncoder;

  constructor(values: readonly string[], rows: number) {
    this.#values = values;
    const [index, width] =
      values.length <= 256 ? [uint8(), 1] : values.length <= 65536 ? [uint16(), 2] : [uint32(), 4];
    this.#codes = new FixedEncoder(dictionary(utf8(), index), width, rows);
  }

  append(vector: Vector, start: number, count: number): void {
    this.#codes.append(vector, start, count);
  }

  finish(): Batch<unknown> {
    const batch = this.#codes.finish();
    const type = "dictionary" in batch.type ? batch.type.dictionary : utf8();
    const rows = { length: this.#values.length, nullCount: 0, validity: new Uint8Array(0) };
    return Object.assign(batch, { dictionary: new Column([textBatch(type, rows, this.#values)], type) });
  }
}
