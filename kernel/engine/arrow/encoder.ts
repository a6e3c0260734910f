import type { Batch } from "@uwdata/flechette";
import type { Vector } from "./vector.ts";

/** Turns the vectors of one column, chunk by chunk, into one Arrow batch. */
export interface ColumnEncoder {
  /** Adds rows `start` … `start + count` of `vector`. */
  append(vector: Vector, start: number, count: number): void;
  /** Everything added so far. Its type may depend on the values. */
  finish(): Batch<unknown>;
}
