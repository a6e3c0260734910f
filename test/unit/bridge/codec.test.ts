import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { expect, test } from "vitest";
import { decode, encode } from "../../../kernel/notebook/bridge/codec.ts";
import { packFrame, unpackFrame } from "../../../kernel/notebook/bridge/frame.ts";
import { UserError } from "../../../kernel/notebook/errors.ts";
import type { Encoded } from "../../../kernel/notebook/protocol.ts";
import { type QueryResult, tableFromArrow } from "../../../kernel/notebook/table.ts";

/** As it arrives over the WebSocket. */
function overTheWire(value: unknown): unknown {
  const frame = packFrame({ value: encode(value) });
  return decode((unpackFrame(frame) as { value: Encoded }).value);
}

/** As it arrives over a MessagePort or Node's IPC. */
function cloned(value: unknown): unknown {
  return decode(structuredClone(encode(value)));
}

function seeded(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const leaves: readonly ((random: () => number) => unknown)[] = [
  (random) => random() * 1e6,
  () => -0,
  () => Number.NaN,
  () => Number.NEGATIVE_INFINITY,
  () => undefined,
  () => null,
  (random) => random() < 0.5,
  (random) => BigInt(Math.floor(random() * 1e15)) ** 3n,
  (random) => new Date(Math.floor(random() * 2e12)),
  () => new Date(Number.NaN),
  () => /a+b/giu,
  (random) => String.fromCodePoint(...Array.from({ length: 5 }, () => 1 + Math.floor(random() * 0xd000))),
  () => "\u0001",
  () => "$part",
  (random) => Float64Array.from({ length: Math.floor(random() * 9) }, random),
  (random) => Uint8Array.from({ length: Math.floor(random() * 9) }, () => random() * 256),
  () => new BigInt64Array([1n, -2n]),
  () => new Uint16Array(new Uint16Array([1, 2, 3, 4]).buffer, 2, 2),
  () => new ArrayBuffer(3),
];

function randomValue(random: () => number, depth: number): unknown {
  const kind = depth === 0 ? 9 : Math.floor(random() * 8);
  const items = () => Array.from({ length: Math.floor(random() * 4) }, () => randomValue(random, depth - 1));
  if (kind === 0) return items();
  if (kind === 1) return Object.fromEntries(items().map((item, index) => [`k${index}`, item]));
  if (kind === 2) return new Set(items());
  if (kind === 3) return new Map(items().map((item, index) => [index % 2 ? index : { index }, item]));
  return leaves[Math.floor(random() * leaves.length)]?.(random);
}

test("any value that may cross arrives as it was, over either wire", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const value = randomValue(seeded(seed), 4);
    expect([seed, overTheWire(value)]).toEqual([seed, value]);
    expect([seed, cloned(value)]).toEqual([seed, value]);
  }
});

test("an array that looks like our tags stays an array", () => {
  const value = ["\u0001", "date", 5];
  expect(overTheWire([value, { a: value }])).toEqual([value, { a: value }]);
});

test("a key __proto__ of one's own stays a key", () => {
  const value = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}');
  const arrived = overTheWire(value) as object;
  expect(Object.keys(arrived)).toEqual(["__proto__", "a"]);
  expect((arrived as { polluted?: boolean }).polluted).toBeUndefined();
});

test("one object used twice arrives twice; it is no cycle", () => {
  const shared = { a: 1 };
  expect(overTheWire([shared, shared])).toEqual([shared, shared]);
});

test("tables cross as Arrow", () => {
  const bytes = tableToIPC(tableFromArrays({ x: [1, 2, 3], name: ["a", null, "ç"] }), { format: "stream" });
  const arrived = overTheWire({ table: tableFromArrow(bytes as Uint8Array) }) as { table: QueryResult };
  expect([...arrived.table]).toEqual([
    { x: 1, name: "a" },
    { x: 2, name: null },
    { x: 3, name: "ç" },
  ]);
});

test("errors keep name and message", () => {
  const arrived = overTheWire(new RangeError("too far")) as Error;
  expect([arrived.name, arrived.message]).toEqual(["RangeError", "too far"]);
});

class Point {
  x = 1;
}

test.each([
  ["a function", () => 1, "a function"],
  ["a symbol", Symbol("s"), "a symbol"],
  ["a promise", Promise.resolve(1), "a promise"],
  ["an instance", new Point(), "an instance of Point"],
  ["a WeakMap", new WeakMap(), "an instance of WeakMap"],
])("%s is refused by name and place", (_, value, what) => {
  const refused = () => encode({ list: [1, value] });
  expect(refused).toThrow(UserError);
  expect(refused).toThrow(`(at list[1]) is ${what}, which cannot cross`);
});

test("a cycle is refused", () => {
  const value: Record<string, unknown> = {};
  value.self = value;
  expect(() => encode(value)).toThrow("(at self) is part of a cycle");
});

test("frames keep parts aligned, whatever their lengths", () => {
  for (let length = 0; length < 20; length++) {
    const parts = [new Uint8Array(length).fill(1), new Uint8Array([7, 8, 9]), new Uint8Array(0)];
    const arrived = unpackFrame(packFrame({ n: length, parts })) as { parts: Uint8Array[] };
    expect(arrived).toEqual({ n: length, parts });
    for (const part of arrived.parts) expect(part.byteOffset % 8).toBe(0);
  }
});
