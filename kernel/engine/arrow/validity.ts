import { withRoom } from "./growable.ts";
import { isSet } from "./vector.ts";

/** Builds an Arrow validity bitmap. Costs nothing until the first null. */
export class Validity {
  length = 0;
  nullCount = 0;
  #bits: Uint8Array | null = null;
  #hint: number;

  /** @param hint rows expected */
  constructor(hint: number) {
    this.#hint = hint;
  }

  /** Adds rows `start` … `start + count` of a DuckDB bitmap (null: all have values). */
  append(bits: Uint8Array | null, start: number, count: number): void {
    if (bits !== null) this.#copy(bits, start, count);
    this.length += count;
  }

  /** The bitmap, empty when there is no null. */
  finish(): Uint8Array {
    if (this.nullCount === 0 || this.#bits === null) return new Uint8Array(0);
    return this.#room(this.length).subarray(0, Math.ceil(this.length / 8));
  }

  #copy(bits: Uint8Array, start: number, count: number): void {
    for (let i = 0; i < count; i++) {
      if (isSet(bits, start + i)) continue;
      this.nullCount++;
      const row = this.length + i;
      const target = this.#room(this.length + count);
      target[row >> 3] = (target[row >> 3] as number) & ~(1 << (row & 7));
    }
  }

  /** Rows not yet written count as valid. */
  #room(rows: number): Uint8Array {
    const old = this.#bits ?? new Uint8Array(0);
    const bytes = Math.ceil(rows / 8);
    if (this.#bits !== null && bytes <= old.length) return old;
    const bits = withRoom(old, Math.max(bytes, Math.ceil(this.#hint / 8)));
    bits.fill(255, old.length);
    this.#bits = bits;
    return bits;
  }
}
