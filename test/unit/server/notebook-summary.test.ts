import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseNotebook } from "../../../kernel/notebook/document/file.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { summaryOf } from "../../../kernel/server/notebook-summary.ts";

const of = (...cells: Omit<CellSpec, "id">[]) =>
  summaryOf({ title: "", cells: cells.map((cell, index) => toCell({ id: index + 1, ...cell })) });
const md = (source: string) => ({ mode: "md", source });

test("a summary is the first sentences that need no value", () => {
  expect(of(md("# Sales\n\nWhat was **sold**, by [day](x)."))).toBe("What was sold, by day.");
  expect(of(md("${rows.length} rows, ${columns}."), md("Read the table."))).toBe("Read the table.");
  expect(of(md("${a.map((x) => { return `${x}` })} rows. The rest is prose."))).toBe("The rest is prose.");
  expect(of(md("```ts\nconst x = 1\n```\nAfter the code."))).toBe("After the code.");
  expect(of(md("Title\n=====\n\n- a list"))).toBe("a list");
  expect(of(md("<b>Bold</b> or 3 < 4"))).toBe("Bold or 3 < 4");
});

test("without prose the parameters tell what a notebook is for", () => {
  const input = { source: "const table: string = view(Inputs.select(names))" };
  expect(of(md("${table}, ."), input)).toBe("Parameters: table");
  expect(of(md("${unclosed"), { source: "1 + 1" })).toBe("");
});

test("long prose is cut between words", () => {
  const summary = of(md("word ".repeat(100)));
  expect(summary.length).toBeLessThanOrEqual(162);
  expect(summary.endsWith("word …")).toBe(true);
});

test.each(["notebooks", "templates"])("all %s that ship have one that reads well", (folder) => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
    const summary = summaryOf(parseNotebook(readFileSync(join(folder, name), "utf8")));
    expect(summary, name).toMatch(/^\p{Letter}.*\p{Letter}{3}/u);
  }
});
