import { expect, describe as suite, test } from "vitest";
import { describe } from "../../../kernel/notebook/display/describe.ts";
import type { Description } from "../../../kernel/notebook/display/output.ts";
import { previewText } from "../../../kernel/notebook/display/preview.ts";
import { descriptionText } from "../../../kernel/notebook/display/text.ts";

const entry = (description: Description, key: string) =>
  description.entries?.find((each) => each.key === key)?.value;

test("tells primitives by kind and text", () => {
  const cases: [unknown, string, string][] = [
    [undefined, "undefined", "undefined"],
    [null, "null", "null"],
    [true, "boolean", "true"],
    [-0, "number", "-0"],
    [1.5, "number", "1.5"],
    [10n, "bigint", "10n"],
    ["hi", "string", "hi"],
    [Symbol("s"), "symbol", "Symbol(s)"],
  ];
  for (const [value, kind, text] of cases) expect(describe(value)).toEqual({ kind, text });
});

test("names functions by kind", () => {
  class Point {}
  const text = (value: unknown) => describe(value).text;
  expect(text(Point)).toBe("class Point");
  expect(
    text(function add(a: number, b: number) {
      return a + b;
    }),
  ).toBe("ƒ add(a, b)");
  expect(text(async function load() {})).toBe("async ƒ load()");
  expect(text(function* walk() {})).toBe("ƒ* walk()");
  expect(text(Math.max)).toMatch(/^ƒ max\(/);
});

test("reads built-in objects by what they are", () => {
  expect(describe(new Date("2024-01-02T00:00:00Z"))).toEqual({ kind: "date", text: "2024-01-02" });
  expect(describe(new Date(Number.NaN)).text).toBe("Invalid Date");
  expect(describe(/a+/gi)).toEqual({ kind: "regexp", text: "/a+/gi" });
  expect(describe(new RangeError("too far"))).toMatchObject({ kind: "error", text: "RangeError: too far" });
  expect(describe(Promise.resolve(1)).kind).toBe("promise");
  expect(describe(new ArrayBuffer(2048)).text).toBe("ArrayBuffer(2,048 bytes)");
  expect(describe(Float32Array.of(1, 2))).toMatchObject({
    kind: "typedarray",
    text: "Float32Array",
    size: 2,
  });
  expect(describe(new Set(["a"]))).toMatchObject({ kind: "set", size: 1 });
  const map = describe(new Map([[{ a: 1 }, "x"]]));
  expect(map.entries?.[0]?.key).toMatchObject({ kind: "object", size: 1 });
});

test("names the class of an instance, and does not fall for a class named as a built-in", () => {
  class Point {
    x = 1;
  }
  class MapLike {}
  Object.defineProperty(MapLike, "name", { value: "Map" });
  expect(describe(new Point())).toMatchObject({ kind: "object", text: "Point", size: 1 });
  expect(describe(new MapLike())).toMatchObject({ kind: "object", text: "Map", size: 0 });
  expect(describe(Object.create(null))).toMatchObject({ kind: "object", text: "Object" });
});

test("runs no getter", () => {
  let ran = 0;
  const value = {
    get lazy() {
      return ++ran;
    },
    [Symbol.toPrimitive]: () => ++ran,
    toString: () => String(++ran),
  };
  Object.defineProperty(value, Symbol.toStringTag, { get: () => String(++ran) });
  expect(entry(describe(value), "lazy")?.text).toBe("(getter)");
  expect(ran).toBe(0);
});

test("survives proxies whose every trap throws", () => {
  const traps = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error("trap");
      },
    },
  );
  for (const target of [{}, [], () => 1, new Map(), new Date()])
    expect(() => describe({ inner: new Proxy(target, traps) })).not.toThrow();
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(() => describe([proxy])).not.toThrow();
});

test("marks what refers to itself", () => {
  const loop: Record<string, unknown> = { name: "loop" };
  loop.self = loop;
  expect(entry(describe(loop), "self")).toEqual({ kind: "circular", text: "Object" });
  const twice = { a: loop.name, shared: {} };
  expect(describe([twice.shared, twice.shared]).entries?.[1]?.value.kind).toBe("object");
});

test("shows the holes of a sparse array without walking them", () => {
  const sparse: unknown[] = [1];
  sparse[4_000_000_000] = 2;
  const description = describe(sparse);
  expect(description.size).toBe(4_000_000_001);
  expect(description.entries?.map(({ key, value }) => [key, value.text])).toEqual([
    ["0", "1"],
    ["1 … 3999999999", "3999999999 empty"],
    ["4000000000", "2"],
  ]);
});

test("bounds depth, entries and text, and tells the size of what it cuts", () => {
  const deep = { a: { b: { c: { d: { e: 1 } } } } };
  expect(previewText(describe(deep, { depth: 2 }))).toBe("{a: {b: {…}}}");
  expect(describe(Array.from({ length: 3000 }))).toMatchObject({ size: 3000 });
  expect(describe(Array.from({ length: 3000 })).entries).toHaveLength(50);
  expect(describe("x".repeat(20_000))).toMatchObject({ size: 20_000 });
  expect(describe("x".repeat(20_000)).text).toHaveLength(10_000);
});

test("describes at most a thousand entries in all", () => {
  const wide = Array.from({ length: 50 }, () => Array.from({ length: 50 }, (_, i) => ({ i })));
  const count = (each: Description): number =>
    (each.entries ?? []).reduce((sum, { value }) => sum + 1 + count(value), 0);
  expect(count(describe(wide))).toBeLessThanOrEqual(1000);
});

test("shows the named properties of a short array", () => {
  const rows = Object.assign([1], { columns: ["a"] });
  expect(describe(rows).entries?.map(({ key }) => key)).toEqual(["0", "columns"]);
});

test("gives the same for any value after a trip through JSON", () => {
  const values = [{ a: [1, "b", null, undefined] }, new Map([["k", new Set([1])]]), Symbol("x"), 5n];
  for (const value of values) {
    const description = describe(value);
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  }
});

suite("previewText", () => {
  test("says a value on one short line", () => {
    expect(previewText(describe({ a: 1, b: "x", c: [1, 2] }))).toBe('{a: 1, b: "x", c: [1, 2]}');
    expect(previewText(describe(Array.from({ length: 1000 }, (_, i) => i * 1000))).length).toBeLessThan(90);
    expect(previewText(describe("two\nlines"))).toBe('"two↵lines"');
  });
});

suite("descriptionText", () => {
  test("prints as a console does", () => {
    expect(descriptionText(describe("plain"))).toBe("plain");
    expect(descriptionText(describe([1, "a"]))).toBe('[1, "a"]');
    expect(descriptionText(describe(new Map([["a", 1]])))).toBe('Map(1) {"a" → 1}');
    expect(descriptionText(describe({}))).toBe("{}");
  });
});
