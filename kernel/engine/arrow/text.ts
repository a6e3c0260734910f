import { Batch, type DataType } from "@uwdata/flechette";
import { inputError } from "../../notebook/errors.ts";
import { Dictionary } from "./dictionary.ts";
import type { ColumnEncoder } from "./encoder.ts";
import { withRoom } from "./growable.ts";
import { TextHeap } from "./text-heap.ts";
import { Validity } from "./validity.ts";
import { isSet, type Vector, vectorBytes, vectorValidity } from "./vector.ts";

/** DuckDB's text: 16 bytes a row, with the length first and texts of up to 12 bytes in place. */
const WIDTH = 16;
const IN_PLACE = 12;
/** Columns with fewer rows are not worth looking for repetitions. */
const FEW = 256;

/** VARCHAR and BLOB. Texts that repeat become an Arrow dictionary. */
export class TextEncoder16 implements ColumnEncoder {
  #type: DataType;
  #offsets: Int32Array;
  #bytes: Uint8Array;
  #validity: Validity;
  #dictionary: Dictionary | null;

  constructor(type: DataType, rows: number, repeats: boolean) {
    this.#type = type;
    this.#offsets = new Int32Array(rows + 1);
    this.#bytes = new Uint8Array(rows * 8);
    this.#validity = new Validity(rows);
    this.#dictionary = repeats && rows >= FEW ? new Dictionary(rows) : null;
  }

  append(vector: Vector, start: number, count: number): void {
    const data = vectorBytes(vector, (start + count) * WIDTH);
    const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    const bits = vectorValidity(vector, start + count);
    this.#reserve(words, bits, start, count);
    const heap = new TextHeap(data, words, bits, start + count);
    const [bytes, offsets, first] = [this.#bytes, this.#offsets, this.#validity.length];
    for (let i = 0; i < count; i++) {
      const at = offsets[first + i] as number;
      const length = (offsets[first + i + 1] as number) - at;
      if (length > IN_PLACE) heap.copy(start + i, bytes, at);
      else for (let j = 0; j < length; j++) bytes[at + j] = data[(start + i) * WIDTH + 4 + j] as number;
    }
    this.#findRepeats(first, count);
    this.#validity.append(bits, start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const validity = this.#validity.finish();
    const coded = this.#dictionary?.finish(nullCount, validity);
    if (coded) return coded;
    const offsets = this.#offsets.subarray(0, length + 1);
    const values = this.#bytes.subarray(0, offsets[length]);
    return new Batch({ length, nullCount, type: this.#type, validity, offsets, values });
  }

  #reserve(words: Uint32Array, bits: Uint8Array | null, start: number, count: number): void {
    const first = this.#validity.length;
    const offsets = withRoom(this.#offsets, first + count + 1);
    let end = offsets[first] as number;
    for (let i = 0; i < count; i++) {
      if (isSet(bits, start + i)) end += words[(start + i) * 4] as number;
      offsets[first + i + 1] = end;
    }
    if (end > 2 ** 31 - 1) throw tooLong();
    this.#offsets = offsets;
    this.#bytes = withRoom(this.#bytes, end);
  }

  #findRepeats(first: number, count: number): void {
    const dictionary = this.#dictionary;
    if (!dictionary) return;
    const [bytes, offsets] = [this.#bytes, this.#offsets];
    for (let row = first; row < first + count && !dictionary.full; row++) {
      dictionary.add(bytes, offsets[row] as number, offsets[row + 1] as number);
    }
    if (dictionary.full) this.#dictionary = null;
  }
}

const tooLong = () =>
  inputError(
    "a column of the result holds more than 2 GiB of text",
    "select fewer rows, or shorten the column with left(…)",
  );
