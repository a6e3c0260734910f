import { expect, test } from "vitest";
import {
  matchesIn,
  patternOf,
  replaceAll,
  replacementAt,
  type SearchQuery,
} from "../../../kernel/notebook/search/query.ts";

const plain: SearchQuery = { text: "", regex: false, matchCase: false, wholeWord: false };
const words = (text: string, query: Partial<SearchQuery>) =>
  matchesIn(text, patternOf({ ...plain, ...query })).map(({ from, to }) => text.slice(from, to));

test("plain text is found as it stands, whatever signs it has", () => {
  expect(words("a.b a+b A.B (x) [y] {z} ^$ a|b - /", { text: "a.b" })).toEqual(["a.b", "A.B"]);
  for (const sign of [..."\\^$.*+?()[]{}|/-#&~"]) expect(words(`x${sign}y`, { text: sign })).toEqual([sign]);
  expect(words("a\nb", { text: "a\nb" })).toEqual(["a\nb"]);
  expect(words("😀 e\u0301", { text: "😀" })).toEqual(["😀"]);
});

test("case and whole words are heeded, in all scripts", () => {
  expect(words("Row row ROW", { text: "row", matchCase: true })).toEqual(["row"]);
  expect(words("row rows $row _row row.x", { text: "row", wholeWord: true })).toEqual(["row", "row"]);
  expect(words("Größe größer", { text: "größe", wholeWord: true })).toEqual(["Größe"]);
});

test("regular expressions are found line by line; empty matches are none, and mistakes are told", () => {
  expect(words("a1 b22\nc333", { text: "\\d+$", regex: true })).toEqual(["22", "333"]);
  expect(words("aaa", { text: "x*", regex: true })).toEqual([]);
  expect(() => patternOf({ ...plain, text: "(", regex: true })).toThrow(
    /This is no regular expression: .*[Uu]nterminated group/,
  );
});

test("what is replaced may name groups; plain text may not", () => {
  const regex = { ...plain, text: "(\\w+)=(?<value>\\w+)", regex: true };
  expect(replaceAll("a=1, b=2", regex, "$<value>:$1 $$ $& $9")).toBe("1:a $ a=1 , 2:b $ b=2 ");
  expect(replaceAll("a a", { ...plain, text: "a" }, "$1$&")).toBe("$1$& $1$&");
  expect(
    replacementAt("ab ab", { from: 3, to: 5 }, { ...plain, text: "(?<= )ab", regex: true }, "[$&]"),
  ).toBe("[ab]");
});

test("random texts: each match is one, in order and apart, and replacing by itself changes nothing", () => {
  let seed = 11;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  const text = (length: number) => Array.from({ length }, () => "ab.\n A"[random(6)]).join("");
  for (let round = 0; round < 400; round++) {
    const [source, sought] = [text(random(40)), text(1 + random(3))];
    const query = { ...plain, text: sought, matchCase: random(2) === 0, wholeWord: random(3) === 0 };
    let end = 0;
    for (const { from, to } of matchesIn(source, patternOf(query))) {
      expect(from).toBeGreaterThanOrEqual(end);
      end = to;
      expect(source.slice(from, to).toLowerCase()).toBe(sought.toLowerCase());
    }
    expect(replaceAll(source, { ...query, regex: true, text: sought.replaceAll(".", "\\.") }, "$&")).toBe(
      source,
    );
  }
});
