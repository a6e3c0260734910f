import { expect, test } from "vitest";
import type { CellSpec } from "../../../kernel/notebook/document/notebook.ts";
import { mistakes } from "./mistakes.ts";
import { desk } from "./start.ts";

/** A text with its mistake marked, as a cell, and where the mistake is. */
function read(marked: string): { readonly cell: Partial<CellSpec>; readonly place: [number, number] | null } {
  const [, mode = "ts", output = ""] = /^(sql|md):(?:([a-z]*):)?/.exec(marked) ?? [];
  const text = marked.replace(/^sql:[a-z]*:|^md:/, "");
  const [from, to] = [text.indexOf("«"), text.indexOf("»") - 1];
  const cell = { mode, source: text.replace(/[«»]/g, ""), ...(output ? { output } : {}) };
  return { cell, place: from < 0 ? null : [from, to] };
}

test("mistakes across cells are found at their place, and nowhere else", async () => {
  const notebook = await desk({ "notebooks/lib.ts": "export const double = (n: number) => n * 2;" });
  const wrong: string[] = [];
  for (const texts of mistakes) {
    const cells = texts.map(read);
    const index = cells.findIndex(({ place }) => place !== null);
    notebook.write(...Array.from({ length: 4 }, (_, at) => cells[at]?.cell ?? ""));
    const found = await notebook.places(index + 1);
    if (JSON.stringify(found) !== JSON.stringify([cells[index]?.place]))
      wrong.push(`${texts.join(" ⏎ ")} → ${JSON.stringify(found)}`);
  }
  expect(wrong).toEqual([]);
  expect(mistakes.length).toBeGreaterThanOrEqual(40);
});
