// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { describe, expect, test } from "vitest";
import { modes } from "../../../kernel/notebook/document/notebook.ts";
import { compileCell } from "./compile-cell.ts";
import { random } from "./corpus.ts";
import { grammarCells } from "./grammar.ts";

const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => unknown;

/** Whatever a cell's text is, it becomes code that the engine takes, or says where it cannot. */
function check(source: string, mode: string): void {
  const compiled = compileCell(source, { mode });
  const { failure } = compiled;
  if (!failure) {
    // Observable's parser lets await stand in functions that are not async; the engine does not.
    if (mode !== "ojs")
      expect(() => new AsyncFunction(...compiled.inputs, compiled.body), source).not.toThrow();
    return;
  }
  expect(failure.message, JSON.stringify(source)).toMatch(/\S/);
  expect(failure.message, JSON.stringify(source)).not.toMatch(/\[object |TypeError|RangeError|of undefined/);
  const { line, column } = failure;
  if (line === undefined || column === undefined) return;
  const lines = source.split(/\r\n?|\n/);
  expect(line, JSON.stringify(source)).toBeLessThanOrEqual(lines.length);
  expect(column, JSON.stringify(source)).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
  expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
}

const debris = (
  "` ${ } { ( ) [ ] < > => ; , . ... ?. ?? ! : = ' \" / /* */ // \\ \\u{ \\ud800 # @ & | ~ ^ * ** % + - " +
  "await async yield import export const let var class function type interface enum as satisfies declare abstract " +
  "import.meta new.target super this return for if else do while switch case try catch throw delete typeof void 0n 1_ 0x"
).split(" ");
const odd = [
  "\0",
  "\ufeff",
  "\u2028",
  "\u2029",
  "\r",
  "\r\n",
  "\ud800",
  "\udc00",
  "\u200d",
  "é",
  "🙂",
  "\u00a0",
  "\v",
];

/** A cell with pieces cut out, doubled, or thrown in. */
function mutated(source: string, next: () => number): string {
  const below = (n: number) => Math.floor(next() * n);
  let text = source;
  for (let times = 1 + below(3); times > 0; times--) {
    const at = below(text.length + 1);
    const to = Math.min(text.length, at + below(10));
    const pieces = next() < 0.7 ? debris : odd;
    const put = [pieces[below(pieces.length)] ?? "", "", text.slice(at, to).repeat(2)][below(3)] ?? "";
    text = text.slice(0, at) + put + text.slice(next() < 0.5 ? at : to);
  }
  return text;
}

function noise(next: () => number): string {
  const all = [...debris, ...odd, " ", "\n", "x"];
  return Array.from({ length: Math.floor(next() * 12) }, () => all[Math.floor(next() * all.length)]).join("");
}

describe("a cell of mode", () => {
  test.each(modes)("%s that is damaged says where", { timeout: 60_000 }, (mode) => {
    const next = random(7);
    for (const source of grammarCells(8, 400, mode === "ts")) check(mutated(source, next), mode);
  });

  test.each(modes)("%s that is noise says where", { timeout: 60_000 }, (mode) => {
    const next = random(9);
    for (let count = 0; count < 400; count++) check(noise(next), mode);
  });
});

/** Each is big or deep; time is bounded by the test's own limit. */
const giants: readonly (readonly [what: string, source: string])[] = [
  ["100,000 brackets", "[".repeat(100_000)],
  ["100,000 brackets that are closed", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ["100,000 parentheses", "(".repeat(100_000)],
  ["100,000 braces", "{".repeat(100_000)],
  ["100,000 holes", "${".repeat(100_000)],
  ["10,000 templates in each other", "`${".repeat(10_000)],
  ["5,000 templates in each other that are closed", `${"`${".repeat(5_000)}1${"}`".repeat(5_000)}`],
  ["100,000 minus signs", "- ".repeat(100_000)],
  ["50,000 arrows", "a => ".repeat(50_000)],
  ["50,000 arrows with parentheses", "(a) => ".repeat(50_000)],
  ["20,000 parameters in each other", "(a = ".repeat(20_000)],
  ["50,000 questions", "a ? ".repeat(50_000)],
  ["20,000 questions with parentheses", "a ? (b) : ".repeat(20_000)],
  ["50,000 angle brackets", "a<".repeat(50_000)],
  ["20,000 type arguments", `let a: ${"A<".repeat(20_000)}`],
  ["20,000 functions in each other", "function f() {".repeat(20_000)],
  ["20,000 classes in each other", "class A { a = ".repeat(20_000)],
  ["50,000 calls", "a(".repeat(50_000)],
  ["20,000 awaits", "await ".repeat(20_000)],
  ["one line of a megabyte", `const a = [${"1, ".repeat(350_000)}];`],
  ["a string of a megabyte", `const a = "${"x".repeat(1_000_000)}"`],
  ["a string of a megabyte without its end", `const a = "${"x".repeat(1_000_000)}`],
  ["a comment of a megabyte without its end", `/*${"*".repeat(1_000_000)}`],
  ["a megabyte of blanks", " ".repeat(1_000_000)],
  ["100,000 lines", "const a = 1\n".repeat(100_000)],
  ["4,000 statements", Array.from({ length: 4_000 }, (_, i) => `let a${i} = b${i};`).join("\n")],
  ["a sum of 20,000", `${"a + ".repeat(20_000)}a`],
  ["a megabyte of backslashes", "\\".repeat(1_000_000)],
  ["100,000 comments", "/* a */ ".repeat(100_000)],
  ["a megabyte of slashes", "/".repeat(1_000_000)],
];

describe.each(["ts", "js", "md"])("of mode %s, what is huge is read or refused", (mode) => {
  test.each(giants)("%s", { timeout: 20_000 }, (_, source) => {
    const { failure } = compileCell(source, { mode });
    expect(failure?.message ?? "").not.toMatch(/RangeError|call stack/);
  });
});

/** Line ends of all kinds, as the file's reader makes them or a program sends them. */
const positions: readonly (readonly [source: string, line: number, column: number])[] = [
  ["a\nb c", 2, 3],
  ["a\r\nb c", 2, 3],
  ["a\rb c", 2, 3],
  ["/* 🙂 */ a b", 1, 12],
  ["'é' b", 1, 5],
  ["a\n\n\n)", 4, 1],
  ["\ufeffa b", 1, 4],
  ["`\n\n` b", 3, 3],
  ["const a = 1\nconst a = 2", 2, 7],
  ["x = 1", 1, 1],
  ["const s = 'a", 1, 11],
];

test.each(positions)("the mistake in %j has its place", (source, line, column) => {
  for (const mode of ["ts", "js"])
    expect(compileCell(source, { mode }).failure).toMatchObject({ line, column });
});
