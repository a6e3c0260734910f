/**
 * Messages as WebSocket frames. Without binary parts a message is JSON text; with them it is one binary frame:
 * u32 length of the JSON, the JSON with `{"$part": n}` in place of the n-th part, u32 count, then per part a u32
 * length and its bytes padded to 8, so that typed arrays can view them in place. All numbers little-endian.
 */

const marker = "$part";

export function packFrame(message: unknown): string | Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const text = JSON.stringify(message, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    if (original instanceof Uint8Array) return { [marker]: parts.push(original) - 1 };
    return typeof value === "object" && value !== null
      ? renamed(value, isLookalike, (name) => `$${name}`)
      : value;
  });
  return parts.length === 0 && !text.includes(`$${marker}"`)
    ? text
    : join(new TextEncoder().encode(text), parts);
}

export function unpackFrame(data: string | Uint8Array): unknown {
  if (typeof data === "string") return JSON.parse(data);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const headerLength = view.getUint32(0, true);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(data.subarray(4, 4 + headerLength));
  const parts = readParts(data, view, 4 + headerLength);
  return JSON.parse(text, (_key, value: unknown) => restore(value, parts));
}

/** Keys that look like the marker get one more "$" on their way: no object of a user is taken for a part. */
function isLookalike(key: string): boolean {
  return key.endsWith(marker) && /^\$+part$/.test(key);
}

function renamed(value: object, applies: (key: string) => boolean, rename: (key: string) => string): object {
  if (Array.isArray(value)) return value;
  for (const key in value)
    if (applies(key)) {
      const entries = Object.entries(value).map(([name, item]) => [
        applies(name) ? rename(name) : name,
        item,
      ]);
      return Object.fromEntries(entries);
    }
  return value;
}

function restore(value: unknown, parts: readonly Uint8Array[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const part = (value as Record<string, unknown>)[marker];
  if (typeof part === "number") return parts[part];
  return renamed(value, isLookalike, (key) => key.slice(1));
}

function join(header: Uint8Array, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const start = 8 + header.length;
  const total = parts.reduce((sum, part) => pad(sum + 4) + part.length, start);
  const frame = new Uint8Array(total);
  const view = new DataView(frame.buffer);
  view.setUint32(0, header.length, true);
  frame.set(header, 4);
  view.setUint32(4 + header.length, parts.length, true);
  let at = start;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    at = pad(at + 4);
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

function readParts(data: Uint8Array, view: DataView, from: number): Uint8Array[] {
  const count = view.getUint32(from, true);
  const parts: Uint8Array[] = [];
  let at = from + 4;
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(at, true);
    at = pad(at + 4);
    parts.push(data.subarray(at, at + length));
    at += length;
  }
  return parts;
}

function pad(offset: number): number {
  return (offset + 7) & ~7;
}
