import { bytesAt, isSet } from "./vector.ts";

const IN_PLACE = 12;

/**
 * The texts of a vector that are too long to stand in place. Each call across to DuckDB costs as much as copying
 * thousands of bytes, so texts that lie one behind the other in its memory are fetched at once.
 */
export class TextHeap {
  #data: Uint8Array;
  #words: Uint32Array;
  #bits: Uint8Array | null;
  #end: number;
  #run: Uint8Array = new Uint8Array(0);
  #runStart = 0;

  /** @param end rows of the vector that may be looked at */
  constructor(data: Uint8Array, words: Uint32Array, bits: Uint8Array | null, end: number) {
    this.#data = data;
    this.#words = words;
    this.#bits = bits;
    this.#end = end;
  }

  /** Copies the text of a row to `target` at `at`. */
  copy(row: number, target: Uint8Array, at: number): void {
    const length = this.#length(row);
    const pointer = this.#pointer(row);
    if (pointer < this.#runStart || pointer + length > this.#runStart + this.#run.length) this.#fetch(row);
    const from = pointer - this.#runStart;
    target.set(this.#run.subarray(from, from + length), at);
  }

  #fetch(row: number): void {
    const start = this.#pointer(row);
    let end = start + this.#length(row);
    for (let next = row + 1; next < this.#end; next++) {
      const length = this.#length(next);
      if (length <= IN_PLACE || !isSet(this.#bits, next)) continue;
      if (this.#pointer(next) !== end) break;
      end += length;
    }
    this.#runStart = start;
    this.#run = bytesAt(this.#data.buffer, this.#data.byteOffset + row * 16 + 8, end - start);
  }

  #length(row: number): number {
    return this.#words[row * 4] as number;
  }

  #pointer(row: number): number {
    return (this.#words[row * 4 + 3] as number) * 2 ** 32 + (this.#words[row * 4 + 2] as number);
  }
}
