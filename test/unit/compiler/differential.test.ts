import { transpile } from "@observablehq/notebook-kit";
import { describe, expect, test } from "vitest";
import type { CompiledCell } from "../../../kernel/notebook/compiler/compiled.ts";
import { compileCell, runCell, textOf } from "./compile-cell.ts";
import { randomCells } from "./corpus.ts";
import { withoutTypes } from "./reference.ts";
import { treeOf } from "./tree.ts";

/**
 * Notebook Kit is the reference for what a cell needs, gives and shows, and the TypeScript compiler for what is left
 * when types are gone. Where we differ on purpose is listed at the end.
 */
type Theirs = ReturnType<typeof transpile>;
type ScriptMode = "js" | "ts";

function theirs(source: string, mode: ScriptMode): Theirs | null {
  try {
    return transpile(source, mode);
  } catch {
    return null;
  }
}

/** What the cell is to the notebook. Notebook Kit does not count `display` as an input of an expression. */
const faceOf = (inputs: readonly string[] = [], outputs: readonly string[] = [], autodisplay = false) => ({
  inputs: inputs.filter((name) => !(autodisplay && name === "display")).sort(),
  outputs,
  autodisplay,
});

const ourFace = ({ inputs, outputs, autodisplay }: CompiledCell) => faceOf(inputs, outputs, autodisplay);
const theirFace = ({ inputs, outputs, autodisplay }: Theirs) => faceOf(inputs, outputs, autodisplay);

const known: Readonly<Record<string, unknown>> = {
  x: 3,
  y: "why",
  list: [1, { a: 2 }, [3]],
  id: (value: unknown) => value,
};

/** What comes of a run: its result or its error. */
async function outcomeOf(run: () => unknown): Promise<string> {
  try {
    return describeValue(await run());
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `thrown ${describeValue(thrown)}`;
  }
}

function describeValue(value: unknown, depth = 5): string {
  const inner = (item: unknown) => describeValue(item, depth - 1);
  if (typeof value === "function") return `function/${value.length}`;
  // A function made into text shows its blanks.
  if (typeof value === "string") return JSON.stringify(value.replaceAll(/[\s;]/g, ""));
  if (typeof value !== "object" || value === null) return String(value);
  if (depth === 0) return "…";
  if (value instanceof Map) return `Map${inner([...value])}`;
  if (Array.isArray(value)) return `[${value.map(inner).join()}]`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${inner(item)}`);
  return `${value.constructor?.name ?? ""}{${entries.join()}}`;
}

async function runOurs(compiled: CompiledCell): Promise<unknown> {
  const { outputs, displayed } = await runCell(compiled, known);
  return compiled.autodisplay ? displayed[0] : outputs;
}

async function runTheirs({ body, inputs = [], autodisplay }: Theirs): Promise<unknown> {
  const cell = new Function(`"use strict"; return (${body})`)();
  const result = await cell(...inputs.map((name) => known[name]));
  return autodisplay ? result : (result ?? {});
}

const corpora: readonly { mode: ScriptMode; cells: readonly string[] }[] = [
  { mode: "js", cells: randomCells(1, 2000, false) },
  { mode: "ts", cells: randomCells(2, 300, true) },
];

describe.each(corpora)("$cells.length random cells of mode $mode", ({ mode, cells }) => {
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
      expect(await outcomeOf(() => runOurs(compiled)), source).toBe(
        await outcomeOf(() => runTheirs(reference)),
      );
  });

  test("keep their length, and what is left is what the TypeScript compiler leaves", {
    timeout: 60_000,
  }, () => {
    for (const { source, compiled } of readable) {
      const whole = (text: string) => (compiled.autodisplay ? `(${text}\n)` : text);
      expect(textOf(compiled).length, source).toBe(source.length);
      expect(treeOf(whole(textOf(compiled))), source).toEqual(treeOf(withoutTypes(whole(source))));
    }
  });
});

/** Where we differ on purpose, and why. */
const differences: readonly (readonly [why: string, mode: ScriptMode, source: string])[] = [
  ["each run has its own console and fetch", "js", "console.log(fetch)"],
  ["more of the platform is known: these cannot be shadowed by a cell", "js", "structuredClone({})"],
  ["a function in a block belongs to the block, as in all strict code", "js", "{ function f() {} }\nf()"],
  ["a class in a block belongs to the block", "js", "{ class A {} }\nA"],
  ["var in a static block belongs to the block", "js", "class A { static { var a } }\na"],
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
];

test.each(refused)("refused: %s", (_, mode, source) => {
  expect(theirs(source, mode)).not.toBeNull();
  expect(compileCell(source, { mode }).failure?.kind).toBe("syntax");
});
