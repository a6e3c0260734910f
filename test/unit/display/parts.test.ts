import { expect, test } from "vitest";
import { entriesOf, partOf, textOf } from "../../../kernel/notebook/display/parts.ts";
import { Values } from "../../../kernel/session/values.ts";

test("a value is opened entry by entry, wherever one is, and none is read that is not asked for", () => {
  const value = {
    list: Array.from({ length: 1_000_000 }, (_, index) => ({ index })),
    map: new Map([["k", [1, 2]]]),
  };
  const { size, entries } = entriesOf(partOf(value, [0]), 999_990, 50);
  expect(size).toBe(1_000_000);
  expect(entries.map(({ key }) => key)).toEqual(
    Array.from({ length: 10 }, (_, index) => `${999_990 + index}`),
  );
  expect(entriesOf(partOf(value, [1, 0]), 0, 50).entries.map(({ value: { text } }) => text)).toEqual([
    "1",
    "2",
  ]);
});

test("what is nested 10,000 deep is described and opened at any depth", () => {
  let deep: unknown = "bottom";
  for (let level = 0; level < 10_000; level++) deep = { deep };
  expect(entriesOf(deep, 0, 50).entries[0]?.key).toBe("deep");
  expect(partOf(deep, new Array(10_000).fill(0))).toBe("bottom");
});

test("a long text is given bit by bit", () => {
  const text = "0123456789".repeat(1_000_000);
  expect(textOf(text, 9_999_995, 20)).toBe("56789");
});

test("keys of a value that is gone, or of another process, are refused with what to do", () => {
  const [one, other] = [new Values(), new Values()];
  const id = one.keep([1]);
  expect(one.entries(id, [], 0, 10).size).toBe(1);
  expect(() => other.entries(id, [], 0, 10)).toThrow("no longer shown");
  expect(() => one.entries(id, [7], 0, 10)).toThrow("this part of it is gone");
  one.release(id);
  expect(() => one.text(id, [], 0, 10)).toThrow("no longer shown");
});
