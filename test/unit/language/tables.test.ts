import { expect, test } from "vitest";
import type { NamedTable } from "../../../kernel/notebook/language.ts";
import { desk } from "./start.ts";

test("tells which variables are rows, and of what kind their columns are", async () => {
  const notebook = await desk();
  notebook.write(
    "const rows = [{ cups: 3, day: 'mon', at: new Date(), good: true, 'of all': null as number | null }]",
    { mode: "sql", output: "made", source: "SELECT 1 AS n, 'a' AS \"the word\", DATE '2026-01-01' AS d" },
    "const one = 1, text = 'abc', list = [1, 2], pairs = new Map([[1, 2]]), promised = Promise.resolve(rows)",
    "const broken = ",
    "function fn() { return rows }",
  );
  await notebook.places(2);
  const tables = await notebook.answer<NamedTable[]>({ type: "tables" });
  const short = tables.map(({ name, cell, fields }) => [
    name,
    cell,
    fields.map(({ name: field, kind }) => `${field} ${kind}`).sort(),
  ]);
  expect(short).toEqual([
    ["rows", 1, ["at date", "cups number", "day text", "good boolean", "of all number"]],
    ["made", 2, ["d date", "n number", "the word text"]],
    ["promised", 3, ["at date", "cups number", "day text", "good boolean", "of all number"]],
  ]);
});
