import { Batch, Column, dictionary, uint8, uint16, utf8 } from "@uwdata/flechette";
import { withRoom } from "./growable.ts";

/** More distinct texts than this are not worth a dictionary; also, indices stay within 16 bits. */
const MOST = 2 ** 16;

/** Finds texts that repeat. Rows are coded as they come; `full` once there are too many distinct ones. */
export class Dictionary {
  full = false;
  #slots: Int32Array;
  #hashes = new Int32Array(64);
  #ends = new Int32Array(64);
  #bytes = new Uint8Array(1024);
  #codes: Uint16Array;
  #rows = 0;
  #count = 0;

  /** @param rows expected at most */
  constructor(rows: number) {
    this.#codes = new Uint16Array(rows);
    // Never more than half full, and a power of two.
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * Math.min(rows, MOST) + 2))));
  }

  /** Adds a row with the text `bytes[start, end)`; for a null row `start === end` will do. */
  add(bytes: Uint8Array, start: number, end: number): void {
    let hash = -2128831035;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 16777619);
    const slot = this.#slot(hash, bytes, start, end);
    const code = (this.#slots[slot] as number) - 1;
    this.#codes[this.#rows++] = code >= 0 ? code : this.#insert(slot, hash, bytes.subarray(start, end));
    if (this.#count >= MOST || (this.#rows === 4096 && this.#count > 2048)) this.full = true;
  }

  /** The column, or null when a dictionary would not make it smaller. */
  finish(nullCount: number, validity: Uint8Array): Batch<unknown> | null {
    if (this.full || this.#count > this.#rows / 2) return null;
    const small = this.#count <= 256;
    const codes = this.#codes.subarray(0, this.#rows);
    const text = utf8();
    const type = dictionary(text, small ? uint8() : uint16());
    const values = small ? Uint8Array.from(codes) : codes;
    const batch = new Batch({ length: this.#rows, nullCount, type, validity, values });
    return Object.assign(batch, { dictionary: this.#texts(text) });
  }

  #texts(type: ReturnType<typeof utf8>): Column<unknown> {
    const offsets = new Int32Array(this.#count + 1);
    offsets.set(this.#ends.subarray(0, this.#count), 1);
    const values = this.#bytes.subarray(0, offsets[this.#count]);
    const validity = new Uint8Array(0);
    return new Column(
      [new Batch({ length: this.#count, nullCount: 0, type, validity, offsets, values })],
      type,
    );
  }

  #slot(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const code = (this.#slots[slot] as number) - 1;
      if (code < 0 || (this.#hashes[code] === hash && this.#same(code, bytes, start, end))) return slot;
    }
  }

  #same(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = code === 0 ? 0 : (this.#ends[code - 1] as number);
    if ((this.#ends[code] as number) - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (this.#bytes[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #insert(slot: number, hash: number, text: Uint8Array): number {
    const code = this.#count++;
    const from = code === 0 ? 0 : (this.#ends[code - 1] as number);
    this.#hashes = withRoom(this.#hashes, this.#count);
    this.#ends = withRoom(this.#ends, this.#count);
    this.#bytes = withRoom(this.#bytes, from + text.length);
    this.#bytes.set(text, from);
    this.#hashes[code] = hash;
    this.#ends[code] = from + text.length;
    this.#slots[slot] = code + 1;
    return code;
  }
}
