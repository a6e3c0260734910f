import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { blankTypes } from "../../../kernel/notebook/compiler/blank-types.ts";
import { Overlay } from "../../../kernel/notebook/compiler/overlay.ts";
import { parseCode, typed } from "../../../kernel/notebook/compiler/parse.ts";
import { withoutTypes } from "./reference.ts";
import { treeOf } from "./tree.ts";

const folder = resolve(import.meta.dirname, "../../../kernel/notebook/compiler");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(?<!\.d)\.ts$/.test(file),
);

/** Cells export nothing: what our files export is read as if they did not, what they re-export not at all. */
function asCell(source: string): string {
  return source.replaceAll(/^export (?:type )?\{[^}]*\}.*$/gm, "").replaceAll(/^export /gm, "");
}

test("our own sources mean without their types what the TypeScript compiler says", {
  timeout: 60_000,
}, () => {
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = asCell(readFileSync(resolve(folder, file), "utf8"));
    const text = new Overlay(source);
    blankTypes(typed(parseCode(source, "ts").root), text);
    expect(String(text).length, file).toBe(source.length);
    expect(String(text).split("\n").length, file).toBe(source.split("\n").length);
    expect(treeOf(String(text)), file).toEqual(treeOf(withoutTypes(source)));
  }
});
