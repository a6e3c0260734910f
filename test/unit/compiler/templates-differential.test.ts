// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { transpile } from "@observablehq/notebook-kit";
import { describe, expect, test } from "vitest";
import { Random } from "../document/random.ts";
import { compileCell, runCell } from "./compile-cell.ts";

/** Notebook Kit is the reference for the text that a TeX or DOT cell gives to its tag. */
type Mode = "tex" | "dot";

const pieces = [
  ..."a b {x} } { $ $$ # % & ~ ^ _ \\ \\\\ \\frac{1}{2} \\$ $\\{ digraph { a->b } <b> \" ' é 🙂 ".split(" "),
  "\n",
  "  ",
  "${x}",
  "${x + 1}",
  "${list.map((d) => d + 1).join()}",
  "${{a: {b: x}}.a.b}",
  "\\${x}",
  "\\\\${x}",
];

const known = { x: 3, list: ["p", "q"] };

const cells = (seed: number, count: number) => {
  const random = new Random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.below(8) }, () => random.pick(pieces)).join(""),
  );
};

const text = (strings: TemplateStringsArray, ...values: unknown[]) => String.raw(strings, ...values);
const tags = { tex: { block: text }, dot: text };

async function theirs(source: string, mode: Mode): Promise<unknown> {
  const { body, inputs = [] } = transpile({ id: 1, value: source, mode, pinned: false, hidden: false });
  const given: Record<string, unknown> = { ...known, ...tags };
  return await new Function(`return (${body})`)()(...inputs.map((name) => given[name]));
}

async function ours(source: string, mode: Mode): Promise<unknown> {
  const { displayed } = await runCell(compileCell(source, { mode }), { ...known, ...tags });
  return displayed[0];
}

describe.each(["tex", "dot"] as const)("cells of mode %s", (mode) => {
  test("give their tag the text that Notebook Kit gives it", async () => {
    let compared = 0;
    for (const source of cells(mode === "tex" ? 1 : 2, 1000)) {
      const reference = await theirs(source, mode).catch(() => undefined);
      if (reference === undefined || source.trim() === "") continue;
      compared++;
      expect(await ours(source, mode), JSON.stringify(source)).toBe(reference);
    }
    expect(compared).toBeGreaterThan(900);
  });

  test("show their result and give it a name", () => {
    const { autodisplay, inputs, outputs } = compileCell("a ${x}", { mode, output: "drawn" });
    expect({ autodisplay, inputs, outputs }).toEqual({
      autodisplay: true,
      inputs: [mode, "x", "display"],
      outputs: ["drawn"],
    });
  });

  test("keep a backtick as it is, where Notebook Kit puts a backslash before it", async () => {
    expect(await theirs("a`b", mode)).toBe("a\\`b");
    expect(await ours("a`b", mode)).toBe("a`b");
  });
});
