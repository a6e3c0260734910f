import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { expect, test } from "vitest";
import { isSameValue } from "../../../kernel/notebook/runtime/equal.ts";
import { tableFromArrow } from "../../../kernel/notebook/table.ts";

const bytes = (length: number, last: number) => new Uint8Array(length).fill(1).with(length - 1, last);

test("typed arrays are the same by their bytes, up to 64 MiB in all", () => {
  expect(isSameValue(bytes(2 ** 20, 5), bytes(2 ** 20, 5))).toBe(true);
  expect(isSameValue(bytes(2 ** 20, 5), bytes(2 ** 20, 6))).toBe(false);
  expect(isSameValue(bytes(2 ** 26, 5), bytes(2 ** 26, 5))).toBe(true);
  expect(isSameValue(bytes(2 ** 26, 5), bytes(2 ** 26, 6))).toBe(false);
  expect(isSameValue(bytes(2 ** 26 + 1, 5), bytes(2 ** 26 + 1, 5))).toBe(false);
  const half = () => bytes(2 ** 25 + 1, 5);
  expect(isSameValue([half(), half()], [half(), half()])).toBe(false);
  expect(isSameValue(new Float64Array([1, Number.NaN]), new Float64Array([1, Number.NaN]))).toBe(true);
  expect(isSameValue(new Int8Array(8), new Uint8Array(8))).toBe(false);
});

test("every byte counts, wherever the bytes lie", () => {
  for (const length of [0, 1, 3, 4, 7, 8, 13]) {
    for (const offset of [0, 1, 4]) {
      const a = new Uint8Array(32).subarray(offset, offset + length);
      expect(isSameValue(a, new Uint8Array(length))).toBe(true);
      for (let index = 0; index < length; index++)
        expect(isSameValue(a, new Uint8Array(length).with(index, 128))).toBe(false);
    }
  }
});

test("a large table that comes out as it was is the same", () => {
  const column = Float64Array.from({ length: 800_000 }, (_, index) => index / 7);
  const table = (last: number) =>
    tableFromArrow(tableToIPC(tableFromArrays({ x: column.with(799_999, last) }), {}) as Uint8Array);
  expect(table(1).bytes.length).toBeGreaterThan(2 ** 22);
  expect(isSameValue(table(1), table(1))).toBe(true);
  expect(isSameValue(table(1), table(2))).toBe(false);
});

test("plain values are the same by what they hold, others never", () => {
  expect(
    isSameValue({ a: [1, new Map([["k", new Set([2])]])] }, { a: [1, new Map([["k", new Set([2])]])] }),
  ).toBe(true);
  expect(isSameValue({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(isSameValue([0], [-0])).toBe(false);
  expect(isSameValue(new (class A {})(), new (class A {})())).toBe(false);
  const shared = { a: 1 };
  expect(isSameValue(shared, shared)).toBe(false);
});
