import { Batch, field, fixedSizeList, list, map, struct, union } from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { withRoom } from "./growable.ts";
import { Validity } from "./validity.ts";
import {
  arrayChild,
  isSet,
  listChild,
  structChild,
  type Vector,
  vectorBytes,
  vectorValidity,
} from "./vector.ts";

/** LIST and, with `asMap`, MAP (a list of structs of key and value). */
export class ListEncoder implements ColumnEncoder {
  #child: ColumnEncoder;
  #asMap: boolean;
  #offsets: Int32Array;
  #validity: Validity;

  constructor(child: ColumnEncoder, rows: number, asMap: boolean) {
    this.#child = child;
    this.#asMap = asMap;
    this.#offsets = new Int32Array(rows + 1);
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    const bytes = vectorBytes(vector, (start + count) * 16);
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    const bits = vectorValidity(vector, start + count);
    const first = this.#validity.length;
    this.#offsets = withRoom(this.#offsets, first + count + 1);
    const ranges = new Ranges(this.#child, listChild(vector));
    for (let i = 0; i < count; i++) {
      const at = (start + i) * 4;
      const length = isSet(bits, start + i) ? (words[at + 2] as number) : 0;
      ranges.add(words[at] as number, length);
      this.#offsets[first + i + 1] = (this.#offsets[first + i] as number) + length;
    }
    ranges.flush();
    this.#validity.append(bits, start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const child = this.#child.finish();
    const offsets = this.#offsets.subarray(0, length + 1);
    const common = { length, nullCount, validity: this.#validity.finish(), offsets, children: [child] };
    return new Batch({ ...common, type: this.#asMap ? mapOf(child) : list(field("item", child.type)) });
  }
}

function mapOf(entries: Batch<unknown>): ReturnType<typeof map> {
  const [key, value] = entries.children;
  if (!key || !value) throw new Error("a map needs keys and values");
  return map(field("key", key.type, false), field("value", value.type));
}

/** Joins ranges of a child vector that follow each other, as they nearly always do. */
class Ranges {
  #child: ColumnEncoder;
  #vector: Vector;
  #start = 0;
  #end = 0;

  constructor(child: ColumnEncoder, vector: Vector) {
    this.#child = child;
    this.#vector = vector;
  }

  add(start: number, length: number): void {
    if (length === 0) return;
    if (start !== this.#end) {
      this.flush();
      this.#start = start;
    }
    this.#end = start + length;
  }

  flush(): void {
    if (this.#end > this.#start) this.#child.append(this.#vector, this.#start, this.#end - this.#start);
    this.#start = this.#end;
  }
}

/** ARRAY: lists of one length. */
export class ArrayEncoder implements ColumnEncoder {
  #child: ColumnEncoder;
  #stride: number;
  #validity: Validity;

  constructor(child: ColumnEncoder, stride: number, rows: number) {
    this.#child = child;
    this.#stride = stride;
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    this.#child.append(arrayChild(vector), start * this.#stride, count * this.#stride);
    this.#validity.append(vectorValidity(vector, start + count), start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const child = this.#child.finish();
    const type = fixedSizeList(field("item", child.type), this.#stride);
    return new Batch({ length, nullCount, type, validity: this.#validity.finish(), children: [child] });
  }
}

export class StructEncoder implements ColumnEncoder {
  #names: readonly string[];
  #children: readonly ColumnEncoder[];
  #validity: Validity;

  constructor(names: readonly string[], children: readonly ColumnEncoder[], rows: number) {
    this.#names = names;
    this.#children = children;
    this.#validity = new Validity(rows);
  }

  append(vector: Vector, start: number, count: number): void {
    this.#children.forEach((child, i) => {
      child.append(structChild(vector, i), start, count);
    });
    this.#validity.append(vectorValidity(vector, start + count), start, count);
  }

  finish(): Batch<unknown> {
    const { length, nullCount } = this.#validity;
    const children = this.#children.map((child) => child.finish());
    const type = struct(children.map((child, i) => field(this.#names[i] ?? "", child.type)));
    return new Batch({ length, nullCount, type, validity: this.#validity.finish(), children });
  }
}

/** UNION: a struct whose first child tells which of the others counts. */
export class UnionEncoder implements ColumnEncoder {
  #names: readonly string[];
  #children: readonly ColumnEncoder[];
  #tags = new Uint8Array(0);
  #length = 0;

  constructor(names: readonly string[], children: readonly ColumnEncoder[]) {
    this.#names = names;
    this.#children = children;
  }

  append(vector: Vector, start: number, count: number): void {
    const tagVector = structChild(vector, 0);
    const tags = vectorBytes(tagVector, start + count);
    const bits = vectorValidity(tagVector, start + count);
    this.#tags = withRoom(this.#tags, this.#length + count);
    // A union that is null has no tag, and null in every child: any will do.
    for (let i = 0; i < count; i++)
      this.#tags[this.#length + i] = isSet(bits, start + i) ? (tags[start + i] as number) : 0;
    this.#children.forEach((child, i) => {
      child.append(structChild(vector, i + 1), start, count);
    });
    this.#length += count;
  }

  finish(): Batch<unknown> {
    const children = this.#children.map((child) => child.finish());
    const type = union(
      0,
      children.map((child, i) => field(this.#names[i] ?? "", child.type)),
    );
    const batch = new Batch({ length: this.#length, nullCount: 0, type, children });
    return Object.assign(batch, { typeIds: new Int8Array(this.#tags.slice(0, this.#length).buffer) });
  }
}
