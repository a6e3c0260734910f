import { UserError } from "../errors.ts";
import { isQueryResult } from "../table.ts";
import { arqueroBytes, arrowBytes, isArqueroTable, isArrowTable, readingOf } from "./foreign-tables.ts";
import { markLasting } from "./lasting.ts";
import { refusal, refused, Step, unreadable } from "./refusal.ts";
import { staticMarkupOf } from "./static-markup.ts";
import { deepest, fewestNumbers, type Tagged, tag, typedArrayName } from "./tagged.ts";

/** An object that is being encoded; one that has been is known by its number. */
const unfinished = -1;

export class Encoder {
  readonly #parts: Uint8Array[];
  /** Objects by their number, in the order in which they were finished. */
  readonly #known = new Map<object, number>();
  readonly #path: (string | number | Step)[] = [];
  #finished = 0;

  constructor(parts: Uint8Array[]) {
    this.#parts = parts;
  }

  encode(value: unknown): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : [tag, "number", Object.is(value, -0) ? "-0" : String(value)];
      case "undefined":
        return [tag, "undefined"];
      case "bigint":
        return [tag, "bigint", String(value)];
      case "object":
        return value === null ? null : this.#object(value);
      default:
        throw refusal(value, this.#path);
    }
  }

  #object(value: object): unknown {
    const known = this.#known.get(value);
    if (known === unfinished) throw refused("is part of a cycle", this.#path);
    if (known !== undefined) return [tag, "ref", known];
    if (this.#path.length > deepest)
      throw refused(`holds more than ${deepest} objects within one another`, this.#path.slice(0, 3));
    this.#known.set(value, unfinished);
    const encoded = this.#read(value);
    this.#known.set(value, this.#finished++);
    return encoded;
  }

  /** Getters and proxies may throw whatever they like. */
  #read(value: object): unknown {
    try {
      if (Array.isArray(value)) return this.#array(value);
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype === Object.prototype || prototype === null) return this.#record(value);
      return this.#binary(value) ?? this.#builtin(value) ?? this.#otherRealm(value, prototype);
    } catch (thrown) {
      throw thrown instanceof UserError && thrown.failure.kind === "transfer"
        ? thrown
        : unreadable(thrown, this.#path);
    }
  }

  #binary(value: object): Tagged | undefined {
    if (isQueryResult(value)) return [tag, "table", this.#part(markLasting(value.bytes))];
    if (value instanceof ArrayBuffer) return [tag, "buffer", this.#part(new Uint8Array(value))];
    if (isArqueroTable(value)) return [tag, "arquero", this.#part(markLasting(arqueroBytes(value)))];
    if (isArrowTable(value))
      return [tag, "arrow", this.#part(markLasting(arrowBytes(value))), readingOf(value)];
    if (!ArrayBuffer.isView(value)) return undefined;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const name = typedArrayName(value);
    return name === undefined ? [tag, "view", this.#part(bytes)] : [tag, "typed", this.#part(bytes), name];
  }

  /** Memory that threads share is copied: it cannot be sent. */
  #part(bytes: Uint8Array): number {
    const own = bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
    return this.#parts.push(own) - 1;
  }

  #builtin(value: object): Tagged | undefined {
    if (value instanceof Date) return [tag, "date", value.getTime()];
    if (value instanceof RegExp) return [tag, "regexp", value.source, value.flags];
    if (value instanceof URL) return [tag, "url", value.href];
    if (value instanceof Error) return this.#error(value);
    if (value instanceof Set) return [tag, "set", this.#items([...value])];
    if (value instanceof Map) return [tag, "map", this.#entries(value)];
    const markup = staticMarkupOf(value);
    return markup === undefined ? undefined : [tag, "markup", markup];
  }

  #error(error: Error): Tagged {
    const { name, message, stack } = error;
    const rest = {
      ...("cause" in error ? { cause: error.cause } : {}),
      ...("errors" in error ? { errors: error.errors } : {}),
    };
    return [tag, "error", String(name), String(message), stack ?? null, this.#record(rest)];
  }

  #entries(map: Map<unknown, unknown>): unknown[] {
    const encoded: unknown[] = [];
    let index = 0;
    for (const [key, value] of map) {
      encoded.push(this.#at(new Step(`key ${index++}`), key));
      const plain = typeof key === "string" || typeof key === "number";
      encoded.push(this.#at(new Step(plain ? `get(${JSON.stringify(key)})` : `value ${index - 1}`), value));
    }
    return encoded;
  }

  /** Plain objects of another realm (of node:vm, say) have its Object.prototype. */
  #otherRealm(value: object, prototype: unknown): unknown {
    if (Object.getPrototypeOf(prototype) !== null) throw refusal(value, this.#path);
    return this.#record(value);
  }

  #record(value: object): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const key of Object.keys(value)) define(record, key, this.#member(value, key, key));
    return record;
  }

  /** Arrays with holes, or with names beside the indexes (as of d3.csv), name what they have. */
  #array(array: readonly unknown[]): unknown {
    const keys = Object.keys(array);
    const { length } = array;
    const whole = length === 0 || keys[length - 1] === String(length - 1);
    if (!whole) return [tag, "list", length, null, keys, this.#named(array, keys)];
    const names = keys.slice(length);
    if (names.length > 0) return [tag, "list", length, this.#items(array), names, this.#named(array, names)];
    if (length >= fewestNumbers && array.every(isNumber))
      return [tag, "numbers", this.#part(numbersBytes(array as number[]))];
    const items = this.#items(array);
    return items[0] === tag ? [tag, "list", length, items, [], []] : items;
  }

  #named(array: readonly unknown[], keys: readonly string[]): unknown[] {
    return keys.map((key) => this.#member(array, key, /^\d+$/.test(key) ? Number(key) : key));
  }

  #items(items: readonly unknown[]): unknown[] {
    const encoded = new Array<unknown>(items.length);
    for (let index = 0; index < items.length; index++) encoded[index] = this.#at(index, items[index]);
    return encoded;
  }

  /** Reading it may throw, so it counts as a step. */
  #member(holder: object, key: string, step: string | number): unknown {
    this.#path.push(step);
    const encoded = this.encode((holder as Record<string, unknown>)[key]);
    this.#path.pop();
    return encoded;
  }

  /** A part of the value; the path names it if it cannot cross. */
  #at(step: string | number | Step, value: unknown): unknown {
    if (typeof value === "string") return value;
    this.#path.push(step);
    const encoded = this.encode(value);
    this.#path.pop();
    return encoded;
  }
}

/** A key "__proto__" is an ordinary one. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

function numbersBytes(numbers: readonly number[]): Uint8Array {
  return markLasting(new Uint8Array(Float64Array.from(numbers).buffer));
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}
