/**
 * Hashes of values by their structure: the same in every session, so that a result can be kept by its inputs. Not for
 * secrets. What has no structure that says all (class instances, DOM nodes, promises) is refused.
 */
import { isQueryResult } from "../table.ts";

/** What a value holds that cannot be hashed. */
export class Unhashable extends Error {
  readonly what: string;

  constructor(what: string) {
    super(what);
    this.what = what;
  }
}

/** Two lanes of 64 bits in all, mixed as MurmurHash does. */
export class Hasher {
  #a = 0x9e3779b9;
  #b = 0x85ebca6b;
  #length = 0;

  word(word: number): void {
    this.#a = Math.imul(this.#a ^ word, 0xcc9e2d51);
    this.#a = (this.#a << 15) | (this.#a >>> 17);
    this.#b = Math.imul(this.#b + word, 0x1b873593);
    this.#b = ((this.#b << 13) | (this.#b >>> 19)) ^ this.#a;
    this.#length++;
  }

  text(text: string): void {
    this.word(text.length);
    for (let at = 0; at < text.length; at++) this.word(text.charCodeAt(at));
  }

  bytes(bytes: Uint8Array): void {
    this.word(bytes.length);
    const whole = bytes.length >> 2;
    const words =
      bytes.byteOffset % 4 === 0
        ? new Uint32Array(bytes.buffer, bytes.byteOffset, whole)
        : copied(bytes, whole);
    for (const word of words) this.word(word);
    for (let at = whole * 4; at < bytes.length; at++) this.word(bytes[at] ?? 0);
  }

  digest(): string {
    const hex = (lane: number) => (finished(lane ^ this.#length) >>> 0).toString(16).padStart(8, "0");
    return hex(this.#a) + hex(this.#b) + (this.#length >>> 0).toString(16);
  }
}

function copied(bytes: Uint8Array, whole: number): Uint32Array {
  return new Uint32Array(bytes.slice(0, whole * 4).buffer);
}

function finished(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Adds a value to a hash.
 * @param origin stands for functions, which are what the code of their cell makes them
 * @throws Unhashable
 */
export function hashValue(hasher: Hasher, value: unknown, origin: () => string): void {
  new Walk(hasher, origin).value(value);
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

class Walk {
  readonly #hasher: Hasher;
  readonly #origin: () => string;
  readonly #above = new Set<object>();

  constructor(hasher: Hasher, origin: () => string) {
    this.#hasher = hasher;
    this.#origin = origin;
  }

  value(value: unknown): void {
    if (typeof value === "object" && value !== null) return this.#object(value);
    if (typeof value === "number") return this.#number(value);
    if (typeof value === "string") return this.#tagged("s", value);
    if (typeof value === "function") return this.#tagged("f", this.#origin());
    if (typeof value === "symbol") throw new Unhashable("a symbol");
    this.#tagged(typeof value, String(value));
  }

  #tagged(kind: string, text: string): void {
    this.#hasher.text(kind);
    this.#hasher.text(text);
  }

  #number(value: number): void {
    double[0] = value;
    this.#hasher.word(1);
    this.#hasher.word(halves[0] ?? 0);
    this.#hasher.word(halves[1] ?? 0);
  }

  #object(value: object): void {
    if (this.#above.has(value)) throw new Unhashable("part of a cycle");
    this.#above.add(value);
    if (!this.#binary(value) && !this.#builtin(value)) this.#plain(value);
    this.#above.delete(value);
  }

  #binary(value: object): boolean {
    const bytes = bytesOf(value);
    if (!bytes) return false;
    this.#hasher.text(isQueryResult(value) ? "table" : (value.constructor?.name ?? ""));
    this.#hasher.bytes(bytes);
    return true;
  }

  #builtin(value: object): boolean {
    if (value instanceof Date) this.#tagged("date", String(value.getTime()));
    else if (value instanceof RegExp) this.#tagged("regexp", String(value));
    else if (value instanceof Error) this.#tagged("error", `${value.name}: ${value.message}`);
    else if (value instanceof Set) this.#items("set", [...value]);
    else if (value instanceof Map) this.#items("map", [...value].flat());
    else if (Array.isArray(value)) this.#items("array", value);
    else return false;
    return true;
  }

  #items(kind: string, items: readonly unknown[]): void {
    this.#hasher.text(kind);
    this.#hasher.word(items.length);
    for (const item of items) this.value(item);
  }

  #plain(value: object): void {
    if (isNamespace(value)) return this.#tagged("module", this.#origin());
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new Unhashable(kindOf(value));
    const entries = Object.entries(value);
    this.#hasher.text("object");
    this.#hasher.word(entries.length);
    for (const [key, item] of entries) {
      this.#hasher.text(key);
      this.value(item);
    }
  }
}

function bytesOf(value: object): Uint8Array | undefined {
  if (isQueryResult(value)) return value.bytes;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : undefined;
}

function isNamespace(value: object): boolean {
  return (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === "Module";
}

function kindOf(value: object): string {
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  if ("nodeType" in value) return "a DOM node";
  const name = value.constructor?.name;
  return name ? `an instance of ${name}` : "an object with a prototype of its own";
}
