import { tableFromArrays, tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { decode, encode } from "../../../kernel/notebook/bridge/codec.ts";
import { packFrame, unpackFrame } from "../../../kernel/notebook/bridge/frame.ts";
import { asStaticMarkup } from "../../../kernel/notebook/bridge/static-markup.ts";
import { UserError } from "../../../kernel/notebook/errors.ts";
import type { Encoded } from "../../../kernel/notebook/protocol.ts";
import { isLazy, type Lazy, lazy } from "../../../kernel/notebook/runtime/lazy.ts";
import { type QueryResult, tableFromArrow } from "../../../kernel/notebook/table.ts";
import { randomValue, seeded } from "./random-value.ts";

/** As it arrives over the WebSocket. */
function overTheWire(value: unknown): unknown {
  const frame = packFrame({ value: encode(value) });
  return decode((unpackFrame(frame) as { value: Encoded }).value);
}

/** As it arrives over a MessagePort or Node's IPC. */
function cloned(value: unknown): unknown {
  return decode(structuredClone(encode(value)));
}

test("any value that may cross arrives as it was, over either wire", () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const value = randomValue(seeded(seed), 4);
    expect([seed, overTheWire(value)]).toStrictEqual([seed, value]);
    expect([seed, cloned(value)]).toStrictEqual([seed, value]);
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

test("one object used twice is one object again; it is no cycle", () => {
  const shared = { at: new Date(5), bytes: Uint8Array.of(1) };
  for (const arrive of [overTheWire, cloned]) {
    const [a, b] = arrive([shared, shared, shared.bytes]) as [typeof shared, typeof shared];
    expect(a).toStrictEqual(shared);
    expect(b).toBe(a);
  }
});

test("what arrives is the receiver's own: changing it changes nothing else", () => {
  const sent = encode({ a: Uint8Array.of(1), b: Array.from({ length: 40 }, (_, index) => index) });
  const [first, second] = [decode(sent), decode(sent)] as { a: Uint8Array; b: number[] }[];
  first?.a.fill(9);
  expect(second?.a).toEqual(Uint8Array.of(1));
});

test("a Node Buffer arrives as bytes, memory shared by threads as a copy", () => {
  expect(overTheWire(Buffer.from("abc"))).toEqual(Uint8Array.of(97, 98, 99));
  expect(cloned(new Uint8Array(new SharedArrayBuffer(2)).fill(3))).toEqual(Uint8Array.of(3, 3));
});

test("a typed array of a kind that this place does not have is refused with a remedy", () => {
  const foreign = { json: ["\u0001", "typed", 0, "Float128Array"], parts: [new Uint8Array(16)] };
  expect(() => decode(foreign)).toThrow("the value is a Float128Array, which does not exist in this place");
});

test("deep values cross, and deeper ones are refused", () => {
  const nested = (depth: number) => {
    let value: unknown = "core";
    for (let level = 0; level < depth; level++) value = { value };
    return value;
  };
  const depthOf = (value: unknown) => {
    let depth = 0;
    for (let at = value; typeof at === "object"; at = (at as { value: unknown }).value) depth++;
    return depth;
  };
  expect(depthOf(overTheWire(nested(900)))).toBe(900);
  expect(depthOf(overTheWire({ value: nested(900), bytes: new Uint8Array(1) }))).toBe(901);
  expect(depthOf(cloned(nested(900)))).toBe(900);
  expect(() => encode(nested(100_000))).toThrow("holds more than 1000 objects within one another");
});

test("a table of Arquero crosses as it is: filtered, ordered, with its types", async () => {
  const { table, desc } = await import("arquero");
  const made = table({
    n: [1, 2, 3, 4],
    name: ["a", null, "ç", "d"],
    at: [new Date(0), null, new Date(5), new Date(6)],
    big: [1n, 2n, 2n ** 60n, 4n],
    list: [[1], [2, 3], [], [4]],
  })
    .filter((row: { n: number }) => row.n > 1)
    .orderby(desc("n"));
  for (const arrive of [overTheWire, cloned]) {
    const arrived = arrive(made) as Lazy;
    expect(isLazy(arrived)).toBe(true);
    const again = (await arrived[lazy]()) as typeof made;
    expect(
      again.objects().map((row) => ({ ...row, list: Array.from((row as { list: number[] }).list) })),
    ).toEqual(made.objects());
    expect(again.columnNames()).toEqual(made.columnNames());
  }
});

test("an Arrow table of cells' own making crosses and is read as it was", () => {
  const made = tableFromArrays({ n: [1, 2], at: [new Date(0), new Date(5)], text: ["a", "b"] });
  const dated = tableFromIPC(tableToIPC(made, { format: "stream" }) as Uint8Array, { useDate: true });
  for (const source of [made, dated]) {
    const arrived = overTheWire({ source }) as { source: typeof made };
    expect(arrived.source.toArray()).toEqual(source.toArray());
  }
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

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const throwing = {
  get danger() {
    throw new Error("hands off");
  },
};

test.each([
  ["a function", () => 1, "is a function, which cannot cross"],
  ["a symbol", Symbol("s"), "is a symbol, which cannot cross"],
  ["a promise", Promise.resolve(1), "is a promise, which cannot cross"],
  ["an instance", new Point(), "is an instance of Point, which cannot cross"],
  ["a class", Point, "is a function, which cannot cross"],
  ["a WeakMap", new WeakMap(), "is an instance of WeakMap, which cannot cross"],
  ["a Blob", new Blob(["a"]), "is an instance of Blob, which cannot cross"],
  ["a boxed number", Object(5), "is an instance of Number, which cannot cross"],
  ["a DOM node", parseHTML("<p>a</p>").document.querySelector("p"), "is a DOM node, which cannot cross"],
  ["a revoked proxy", revoked.proxy, "cannot be read: TypeError"],
])("%s is refused by name and place", (_, value, what) => {
  const refused = () => encode({ list: [1, value] });
  expect(refused).toThrow(UserError);
  expect(refused).toThrow(`the value (at list[1]) ${what}`);
});

test("a getter that throws is refused where it is", () => {
  expect(() => encode({ a: throwing })).toThrow("(at a.danger) cannot be read: hands off");
});

test("places in maps, sets and under odd keys are named", () => {
  const bad = () => 1;
  expect(() => encode(new Map([["a", [bad]]]))).toThrow('(at get("a")[0])');
  expect(() => encode({ "odd key": new Set([1, bad]) })).toThrow('(at ["odd key"][1])');
});

test("remedies fit what is refused", () => {
  const remedyOf = (value: unknown) => {
    try {
      return encode(value);
    } catch (error) {
      return (error as UserError).failure.remedy;
    }
  };
  expect(remedyOf(new Blob(["a"]))).toContain("await blob.arrayBuffer()");
  expect(remedyOf(Promise.resolve(1))).toContain("await it");
  expect(remedyOf(() => 1)).toContain("run the cell that uses it in the same place");
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

test("an element that is but its markup crosses as that, any other does not", () => {
  const { document } = parseHTML("<p id=a>1</p>");
  const element = document.getElementById("a") as unknown as object;
  expect(() => encode({ element })).toThrow("DOM node");
  expect(overTheWire({ element: asStaticMarkup(element) })).toEqual({ element: '<p id="a">1</p>' });
  const globals = globalThis as { document?: unknown };
  globals.document = document;
  try {
    expect((overTheWire([element]) as { textContent: string }[])[0]?.textContent).toBe("1");
  } finally {
    delete globals.document;
  }
});
