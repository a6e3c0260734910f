import { type DuckDBType, type DuckDBValue, DuckDBVector, JsonDuckDBValueConverter } from "@duckdb/node-api";
import { type Batch, utf8 } from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { textBatch } from "./text-batch.ts";
import { Validity } from "./validity.ts";
import { type Vector, vectorValidity } from "./vector.ts";

/** Types that JavaScript has no value for (TIME, UUID, BIT, VARIANT …) as the text that DuckDB shows for them. */
export class RenderedEncoder implements ColumnEncoder {
  #type: DuckDBType;
  #texts: string[] = [];
  #validity: Validity;

  constructor(type: DuckDBType, rows: number) {
    this.#type = type;
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    const values = DuckDBVector.create(vector, start + count, this.#type);
    for (let i = start; i < start + count; i++) this.#texts.push(rendered(values.getItem(i), this.#type));
    this.#validity.append(vectorValidity(vector, start + count), start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    return textBatch(utf8(), { length, nullCount, validity: this.#validity.finish() }, this.#texts);
  }
}

function rendered(value: DuckDBValue, type: DuckDBType): string {
  if (value === null) return "";
  const plain = JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}
