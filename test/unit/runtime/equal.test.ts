import { expect, test } from "vitest";
import { isSameValue } from "../../../kernel/notebook/runtime/equal.ts";

const bytes = (length: number, last: number) => new Uint8Array(length).fill(1).with(length - 1, last);

test("typed arrays are the same by their bytes, up to four megabytes", () => {
  expect(isSameValue(bytes(2 ** 20, 5), bytes(2 ** 20, 5))).toBe(true);
  expect(isSameValue(bytes(2 ** 20, 5), bytes(2 ** 20, 6))).toBe(false);
  expect(isSameValue(bytes(2 ** 22 + 1, 5), bytes(2 ** 22 + 1, 5))).toBe(false);
  expect(isSameValue(new Float64Array([1, Number.NaN]), new Float64Array([1, Number.NaN]))).toBe(true);
  expect(isSameValue(new Int8Array(8), new Uint8Array(8))).toBe(false);
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
