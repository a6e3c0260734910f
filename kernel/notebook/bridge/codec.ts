/**
 * Values on their way from one place to the other: JSON in which what JSON lacks is tagged, and binary parts.
 * Crosses: JSON-like data, undefined, NaN, ±Infinity, -0, bigint, Date, Map, Set, typed arrays, ArrayBuffer, Error,
 * RegExp and tables (as Arrow bytes). Refused: functions, symbols, promises, DOM nodes, class instances, cycles.
 */
import { UserError } from "../errors.ts";
import type { Encoded } from "../protocol.ts";
import { isQueryResult, tableFromArrow } from "../table.ts";

/** A tagged value is an array that begins with this: no plain array does, since such are tagged as "array". */
const tag = "\u0001";

type Tagged = readonly [typeof tag, string, ...unknown[]];

/** Typed arrays by name; Uint8Array is what Node's Buffer becomes. */
const typedArrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

/** @throws UserError kind "transfer" that names the part that cannot cross. */
export function encode(value: unknown): Encoded {
  const parts: Uint8Array[] = [];
  return { json: new Encoder(parts).encode(value, ""), parts };
}

/** The value again. All parts must be here: see `fetchParts`. */
export function decode(encoded: Encoded): unknown {
  return decodeJson(encoded.json, encoded.parts.map(presentPart));
}

/** Replaces parts that were held back by their bytes. */
export async function fetchParts(
  encoded: Encoded,
  load: (url: string) => Promise<Uint8Array>,
): Promise<Encoded> {
  if (encoded.parts.every((part) => part instanceof Uint8Array)) return encoded;
  const parts = await Promise.all(
    encoded.parts.map((part) => (part instanceof Uint8Array ? part : load(part.url))),
  );
  return { json: encoded.json, parts };
}

function presentPart(part: Encoded["parts"][number]): Uint8Array {
  if (part instanceof Uint8Array) return part;
  throw new Error(`part of ${part.bytes} bytes has not been fetched`);
}

class Encoder {
  readonly #parts: Uint8Array[];
  readonly #path = new Set<object>();

  constructor(parts: Uint8Array[]) {
    this.#parts = parts;
  }

  encode(value: unknown, path: string): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : [tag, "number", String(Object.is(value, -0) ? "-0" : value)];
      case "undefined":
        return [tag, "undefined"];
      case "bigint":
        return [tag, "bigint", String(value)];
      case "object":
        return value === null ? null : this.#object(value, path);
      default:
        throw refusal(`a ${typeof value}`, path);
    }
  }

  #object(value: object, path: string): unknown {
    if (this.#path.has(value)) throw refusal("part of a cycle", path);
    this.#path.add(value);
    const encoded = this.#binary(value) ?? this.#builtin(value, path) ?? this.#plain(value, path);
    this.#path.delete(value);
    return encoded;
  }

  #binary(value: object): Tagged | undefined {
    if (isQueryResult(value)) return [tag, "table", this.#part(value.bytes)];
    if (value instanceof ArrayBuffer) return [tag, "buffer", this.#part(new Uint8Array(value))];
    if (!ArrayBuffer.isView(value)) return undefined;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (value instanceof DataView) return [tag, "view", this.#part(bytes)];
    const known = Object.entries(typedArrays).find(([, type]) => value instanceof type);
    return known && [tag, "typed", known[0], this.#part(bytes)];
  }

  #part(bytes: Uint8Array): number {
    return this.#parts.push(bytes) - 1;
  }

  #builtin(value: object, path: string): Tagged | undefined {
    if (value instanceof Date) return [tag, "date", value.getTime()];
    if (value instanceof RegExp) return [tag, "regexp", value.source, value.flags];
    if (value instanceof Error) return [tag, "error", value.name, value.message];
    if (value instanceof Set) return [tag, "set", this.#items([...value], path)];
    if (value instanceof Map) return [tag, "map", this.#items([...value].flat(), path)];
    return undefined;
  }

  #items(items: readonly unknown[], path: string): unknown[] {
    return Array.from(items, (item, index) => this.encode(item, `${path}[${index}]`));
  }

  #plain(value: object, path: string): unknown {
    if (Array.isArray(value)) {
      const items = this.#items(value, path);
      return items[0] === tag ? [tag, "array", items] : items;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refusal(kindOf(value), path);
    const entries = Object.entries(value).map(
      ([key, item]) => [key, this.encode(item, `${path}.${key}`)] as const,
    );
    return Object.fromEntries(entries);
  }
}

function kindOf(value: object): string {
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  if ("nodeType" in value) return "a DOM node";
  const name = value.constructor?.name;
  return name ? `an instance of ${name}` : "an object with a prototype of its own";
}

function refusal(what: string, path: string): UserError {
  const where = path && ` (at ${path.replace(/^\./, "")})`;
  return new UserError({
    kind: "transfer",
    message: `the value${where} is ${what}, which cannot cross between browser and kernel`,
    remedy:
      "run the cell that uses it in the same place, or pass plain data, dates, maps, typed arrays or tables",
  });
}

function decodeJson(json: unknown, parts: readonly Uint8Array[]): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) {
    return json[0] === tag
      ? untag(json as unknown as Tagged, parts)
      : json.map((item) => decodeJson(item, parts));
  }
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, decodeJson(item, parts)]));
}

function untag([, kind, first, second]: Tagged, parts: readonly Uint8Array[]): unknown {
  const items = () => (first as unknown[]).map((item) => decodeJson(item, parts));
  switch (kind) {
    case "undefined":
      return undefined;
    case "number":
      return Number(first);
    case "bigint":
      return BigInt(first as string);
    case "date":
      return new Date(first === null ? Number.NaN : (first as number));
    case "regexp":
      return new RegExp(first as string, second as string);
    case "error":
      return Object.assign(new Error(second as string), { name: first as string });
    case "array":
      return items();
    case "set":
      return new Set(items());
    case "map":
      return new Map(pairs(items()));
    default:
      return binary(kind, first, second, parts);
  }
}

function pairs(flat: readonly unknown[]): [unknown, unknown][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index], flat[2 * index + 1]]);
}

function binary(kind: string, first: unknown, second: unknown, parts: readonly Uint8Array[]): unknown {
  const bytes = parts[(kind === "typed" ? second : first) as number];
  if (!bytes) throw new Error(`malformed value: no part for ${kind}`);
  if (kind === "table") return tableFromArrow(bytes);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  if (kind === "buffer") return buffer;
  if (kind === "view") return new DataView(buffer);
  const type = typedArrays[first as keyof typeof typedArrays];
  if (!type) throw new Error(`malformed value: unknown kind ${kind}`);
  return new type(buffer);
}
