/**
 * Values on their way from one place to the other: JSON in which what JSON lacks is tagged, and binary parts.
 * Crosses: JSON-like data, undefined, NaN, ±Infinity, -0, bigint, Date, Map, Set, RegExp, URL, Error, typed arrays,
 * DataView, ArrayBuffer, arrays with holes or names, query results, tables of Arquero and Arrow (as Arrow bytes), elements that are but
 * their markup. What
 * is one object in two places of the value stays one. Refused: functions, symbols, promises, DOM nodes, class
 * instances, cycles.
 */
import { type Failure, UserError } from "../errors.ts";
import type { Encoded } from "../protocol.ts";
import { Decoder } from "./decoder.ts";
import { Encoder } from "./encoder.ts";

/** @throws UserError kind "transfer" that names the part that cannot cross. */
export function encode(value: unknown): Encoded {
  const parts: Uint8Array[] = [];
  return { json: new Encoder(parts).encode(value), parts };
}

/**
 * Values by name and what was displayed, to be kept.
 * @throws UserError that names the value that cannot be kept
 */
export function encodeResult(values: Readonly<Record<string, unknown>>, outputs: unknown): Encoded {
  for (const [name, value] of Object.entries(values)) {
    try {
      encode(value);
    } catch (error) {
      throw error instanceof UserError ? unkept(name, error.failure) : error;
    }
  }
  return encode({ values, outputs });
}

function unkept(name: string, { message, ...failure }: Failure): UserError {
  const why = message.replace(/^the value/, name).replace(/, which cannot cross .*/, "");
  return new UserError({ ...failure, message: why });
}

/** The value again. All parts must be here: see `fetchParts`. */
export function decode(encoded: Encoded): unknown {
  return new Decoder(encoded.parts.map(presentPart)).decode(encoded.json);
}

/** Replaces parts that were held back by their bytes. */
export async function fetchParts(
  encoded: Encoded,
  load: (url: string) => Promise<Uint8Array>,
): Promise<Encoded> {
  if (encoded.parts.every((part) => part instanceof Uint8Array)) return encoded;
  const parts = await Promise.all(
    encoded.parts.map((part) => ("url" in part ? load(part.url) : presentPart(part))),
  );
  return { json: encoded.json, parts };
}

function presentPart(part: Encoded["parts"][number]): Uint8Array {
  if (part instanceof Uint8Array) return part;
  throw new Error(`part of ${part.bytes} bytes has not been fetched`);
}
