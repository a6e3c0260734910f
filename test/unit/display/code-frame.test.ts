import { expect, test } from "vitest";
import { codeFrame } from "../../../kernel/notebook/display/code-frame.ts";

test.each([
  ["a line", "one\ntwo three", { line: 2, column: 5 }, ["2 | two three", "  |     ^"]],
  ["the end of a line", "f(", { line: 1, column: 3 }, ["1 | f(", "  |   ^"]],
  ["tabs", "\t\tx", { line: 1, column: 3 }, ["1 | \t\tx", "  | \t\t^"]],
  ["wide characters", "日本🙂 x", { line: 1, column: 6 }, ["1 | 日本🙂 x", "  |        ^"]],
  ["a place after the end", "ab", { line: 1, column: 9 }, ["1 | ab", "  |   ^"]],
  ["no such line", "ab", { line: 2, column: 1 }, []],
])("a caret is under the place: %s", (_, source, place, lines) => {
  expect(codeFrame(source, place)).toEqual(lines);
});

test("of a long line the part around the place is shown", () => {
  const source = `${"a".repeat(500)}!${"b".repeat(500)}`;
  const [line = "", caret = ""] = codeFrame(source, { line: 1, column: 501 });
  expect(line.length).toBeLessThan(120);
  expect(line.charAt(caret.indexOf("^"))).toBe("!");
});
