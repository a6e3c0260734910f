import { expect, test } from "vitest";
import type { Completions, Explanation } from "../../../kernel/notebook/language.ts";
import { type Desk, desk } from "./start.ts";

/** Types a cell's text letter by letter, and asks after the last one. */
async function typed(notebook: Desk, text: string, ...others: readonly string[]): Promise<Completions> {
  const cell = others.length + 1;
  for (let length = 1; length < text.length; length++) {
    notebook.write(...others, text.slice(0, length));
    // As fast as nobody types: some of what is foreseen is overtaken.
    if (length % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  notebook.write(...others, text);
  const found = await notebook.answer<Completions>({ type: "complete", cell, at: text.length, trigger: "." });
  return found;
}

const labels = ({ items }: Completions) => items.map(({ label }) => label).sort();

test("a list that was foreseen is the one that is asked for, with its explanations", async () => {
  const notebook = await desk();
  for (let round = 0; round < 3; round++) {
    const found = await typed(notebook, "rows[0].", "/** Rows. */ const rows = [{ cups: 3, day: 'mon' }]");
    expect(labels(found)).toEqual(["cups", "day"]);
    const { data } = found.items.find(({ label }) => label === "cups") ?? {};
    const explained = await notebook.answer<Explanation>({ type: "explain", cell: 2, data });
    expect(explained.text).toContain("cups: number");
  }
});

test("what was foreseen counts no longer once another cell has changed", async () => {
  const notebook = await desk();
  expect(labels(await typed(notebook, "rows[0].", "const rows = [{ cups: 3 }]"))).toEqual(["cups"]);
  expect(labels(await typed(notebook, "rows[0].", "const rows = [{ mugs: 3 }]"))).toEqual(["mugs"]);
  notebook.write("const rows = [{ pots: 3 }]", "rows[0].");
  const found = await notebook.answer<Completions>({ type: "complete", cell: 2, at: 8, trigger: "." });
  expect(labels(found)).toEqual(["pots"]);
});

test("an item of a list that is long past has nothing more to tell", async () => {
  const notebook = await desk();
  notebook.write("1");
  expect(await notebook.answer({ type: "explain", cell: 1, data: [0, 99] })).toBeNull();
});
