import { UserError } from "../errors.ts";
import { tableFromArrow } from "../table.ts";
import { arrowTable, CrossedArqueroTable } from "./foreign-tables.ts";
import { elementOfMarkup } from "./static-markup.ts";
import { errorTypes, type Tagged, tag, typedArray } from "./tagged.ts";

/** Makes values anew, and what was one object before, one object again. */
export class Decoder {
  readonly #parts: readonly Uint8Array[];
  /** Objects in the order in which they are finished: that in which the encoder numbered them. */
  readonly #known: unknown[] = [];

  constructor(parts: readonly Uint8Array[]) {
    this.#parts = parts;
  }

  decode(json: unknown): unknown {
    if (typeof json !== "object" || json === null) return json;
    if (!Array.isArray(json)) return this.#finish(this.#record(json as Record<string, unknown>));
    return json[0] === tag ? this.#untag(json as unknown as Tagged) : this.#finish(this.#items(json));
  }

  #finish<T>(object: T): T {
    this.#known.push(object);
    return object;
  }

  #items(json: readonly unknown[]): unknown[] {
    const items = new Array<unknown>(json.length);
    for (let index = 0; index < json.length; index++) items[index] = this.decode(json[index]);
    return items;
  }

  #record(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const entries = Object.entries(json);
    for (const entry of entries) entry[1] = this.decode(entry[1]);
    return Object.fromEntries(entries);
  }

  #untag(tagged: Tagged): unknown {
    const [, kind, first] = tagged;
    switch (kind) {
      case "undefined":
        return undefined;
      case "number":
        return Number(first);
      case "bigint":
        return BigInt(first as string);
      case "ref":
        return this.#known[first as number];
      default:
        return this.#finish(this.#made(tagged));
    }
  }

  #made([, kind, first, second, third, fourth]: Tagged): unknown {
    switch (kind) {
      case "date":
        return new Date(first === null ? Number.NaN : (first as number));
      case "regexp":
        return new RegExp(first as string, second as string);
      case "url":
        return new URL(first as string);
      case "markup":
        return elementOfMarkup(first as string);
      case "error":
        return this.#error(first as string, second as string, third as string | null, fourth as object);
      case "list":
        return this.#list(
          first as number,
          second as unknown[] | null,
          third as string[],
          fourth as unknown[],
        );
      case "set":
        return new Set(this.#items(first as unknown[]));
      case "map":
        return new Map(pairs(this.#items(first as unknown[])));
      default:
        return this.#binary(kind, first as number, second);
    }
  }

  #list(
    length: number,
    items: readonly unknown[] | null,
    names: readonly string[],
    values: readonly unknown[],
  ) {
    const list = items ? this.#items(items) : new Array<unknown>(length);
    const target = list as unknown as Record<string, unknown>;
    for (const [index, name] of names.entries()) target[name] = this.decode(values[index]);
    return list;
  }

  #error(name: string, message: string, stack: string | null, rest: object): Error {
    const error = new (errorTypes[name] ?? Error)(message);
    const values = this.#record(rest as Record<string, unknown>);
    const own = { ...(error.name === name ? {} : { name }), ...(stack === null ? {} : { stack }), ...values };
    for (const [key, value] of Object.entries(own))
      Object.defineProperty(error, key, { value, configurable: true, writable: true });
    return error;
  }

  #binary(kind: string, part: number, second: unknown): unknown {
    const bytes = this.#parts[part];
    if (!bytes) throw new Error(`malformed value: no part for ${kind}`);
    switch (kind) {
      case "table":
        return tableFromArrow(bytes);
      case "arquero":
        return new CrossedArqueroTable(bytes);
      case "arrow":
        return arrowTable(bytes, second as object);
      case "numbers":
        return Array.from(new Float64Array(bufferOf(bytes)));
      case "buffer":
        return bufferOf(bytes);
      case "view":
        return new DataView(bufferOf(bytes));
      case "typed":
        return typed(second as string, bytes);
      default:
        throw new Error(`malformed value: unknown kind ${kind}`);
    }
  }
}

function typed(name: string, bytes: Uint8Array): ArrayBufferView {
  const type = typedArray(name);
  if (type) return new type(bufferOf(bytes));
  throw new UserError({
    kind: "transfer",
    message: `the value is a ${name}, which does not exist in this place`,
    remedy: "pass a Float32Array: Float32Array.from(values)",
  });
}

/** A buffer of its own, for whoever gets the value may change it. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function pairs(flat: readonly unknown[]): [unknown, unknown][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index], flat[2 * index + 1]]);
}
