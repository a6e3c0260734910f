import { describe, expect, test } from "vitest";
import { ourFace, ourOutcome, type ScriptMode, theirFace, theirOutcome, theirs } from "./against-kit.ts";
import { compileCell, textOf } from "./compile-cell.ts";
import { randomCells } from "./corpus.ts";
import { grammarCells } from "./grammar.ts";
import { withoutTypes } from "./reference.ts";
import { treeOf } from "./tree.ts";

/**
 * Notebook Kit is the reference for what a cell needs, gives and shows, and the TypeScript compiler for what is left
 * when types are gone. Where we differ on purpose is listed at the end.
 */
interface Corpus {
  readonly what: string;
  readonly mode: ScriptMode;
  readonly cells: readonly string[];
}

const corpora: readonly Corpus[] = [
  { what: "plain", mode: "js", cells: randomCells(1, 2000, false) },
  { what: "plain", mode: "ts", cells: randomCells(2, 300, true) },
  { what: "odd", mode: "js", cells: grammarCells(3, 3000, false) },
  { what: "odd", mode: "ts", cells: grammarCells(4, 300, true) },
];

describe.each(corpora)("$cells.length $what cells of mode $mode", ({ mode, cells }) => {
  const readable = cells.flatMap((source) => {
    const reference = theirs(source, mode);
    return reference ? [{ source, reference, compiled: compileCell(source, { mode }) }] : [];
  });

  test("are nearly all understood by both", () => {
    expect(readable.length).toBeGreaterThan(cells.length * 0.9);
    for (const { source, compiled } of readable) expect(compiled.failure, source).toBeUndefined();
  });

  test("need, give and show what they do in Notebook Kit", () => {
    for (const { source, reference, compiled } of readable)
      expect(ourFace(compiled), source).toEqual(theirFace(reference));
  });

  test("come to the same when run", { timeout: 60_000 }, async () => {
    for (const { source, reference, compiled } of readable)
      expect(await ourOutcome(compiled), source).toBe(await theirOutcome(reference));
  });

  test("keep their length, and what is left is what the TypeScript compiler leaves", {
    timeout: 60_000,
  }, () => {
    for (const { source, compiled } of readable) {
      const left = textOf(compiled);
      if (mode === "js") expect(left).toBe(source);
      else expectSameCode(source, left, compiled.autodisplay ?? false);
    }
  });
});

function expectSameCode(source: string, left: string, isExpression: boolean): void {
  const whole = (text: string) => (isExpression ? `(${text}\n)` : text);
  expect(left.length, source).toBe(source.length);
  expect(treeOf(whole(left)), source).toEqual(treeOf(withoutTypes(whole(source))));
}

/** Where we differ on purpose, and why. */
const differences: readonly (readonly [why: string, mode: ScriptMode, source: string])[] = [
  ["each run has its own console and fetch", "js", "console.log(fetch)"],
  ["each run has its own timers, which end with it", "js", "const t = setTimeout(() => clearInterval(t))"],
  ["more of the platform is known: these cannot be shadowed by a cell", "js", "structuredClone({})"],
  ["a function in a block belongs to the block, as in all strict code", "js", "{ function f() {} }\nf()"],
  ["a class in a block belongs to the block", "js", "{ class A {} }\nA"],
  ["var in a static block belongs to the block", "js", "class A { static { var a } }\na"],
  ["a name in a static block belongs to the block", "js", "new (class { static { let a = 1; a } })()"],
  ["a named function in parentheses is an expression", "js", "(function f() {})"],
  ["types are not taken for values in an import", "ts", "import {type A, b} from 'c'"],
  ["imports are made through $import", "js", "import {b} from 'c'"],
];

test.each(differences)("%s", (_, mode, source) => {
  const compiled = compileCell(source, { mode });
  const reference = theirs(source, mode);
  expect(compiled.failure).toBeUndefined();
  expect(reference && theirFace(reference)).not.toEqual(ourFace(compiled));
});

/** What we refuse, with a reason, and Notebook Kit lets pass. */
const refused: readonly (readonly [why: string, mode: ScriptMode, source: string])[] = [
  ["enums are code", "ts", "enum A { B }"],
  ["namespaces with values are code", "ts", "namespace A { export const b = 1 }"],
  ["parameter properties are code", "ts", "class A { constructor(private b: number) {} }"],
  ["angle brackets are not erasable in place", "ts", "<any>a"],
  ["every cell has its own display", "js", "const display = 1"],
  ["an import cannot be assigned to", "js", "import a from 'b'; a = 1"],
  ["arguments has no meaning in a cell", "js", "arguments"],
  ["the TypeScript compiler refuses it too", "ts", "class A { override b() {} }"],
];

test.each(refused)("refused: %s", (_, mode, source) => {
  expect(theirs(source, mode)).not.toBeNull();
  expect(compileCell(source, { mode }).failure?.kind).toBe("syntax");
});
