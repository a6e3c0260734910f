// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import { transpile } from "@observablehq/notebook-kit";
import { describe, expect, test } from "vitest";
import { compileCell, runCell } from "./compile-cell.ts";
import { random } from "./corpus.ts";

/** What a template tag gets: its text and values. */
type Tagged = readonly [strings: readonly string[], values: readonly unknown[]];

const ourTag = (strings: TemplateStringsArray, ...values: unknown[]): Tagged => [[...strings], values];

/** Notebook Kit's `md` reads the text, its `html` the raw text, where it puts a backslash before each backtick. */
const rawTag = ({ raw }: TemplateStringsArray, ...values: unknown[]): Tagged => [
  raw.map((text) => text.replaceAll("\\`", "`")),
  values,
];

const names: Readonly<Record<string, unknown>> = { x: 3, list: [1, 2], html: ourTag, md: ourTag };

async function ours(mode: string, source: string): Promise<unknown> {
  const { displayed } = await runCell(compileCell(source, { mode }), names);
  return displayed[0];
}

async function theirs(mode: "md" | "html", source: string): Promise<unknown> {
  const { body, inputs = [] } = transpile(source, mode);
  // In a value, tags are as ours.
  const given = { ...names, htl: { html: rawTag } };
  const cell = new Function(`"use strict"; return (${body})`)();
  const [strings, values] = await cell(...inputs.map((name) => (given as Record<string, unknown>)[name]));
  return [strings, values];
}

const pieces = [
  "word",
  " ",
  "\n",
  "# head\n",
  "<b title='a'>",
  "</b>",
  "<!-- note -->",
  "<script>",
  "`code`",
  "```\n",
  "$",
  "$$",
  "{",
  "}",
  "$ {",
  "\\n",
  "\\\\",
  "\\u{zz}",
  "\\x",
  "\\$x",
  "&amp;",
  "é 🙂",
  "\u2028",
  "${x}",
  "${ x + 1 }",
  "${`}`}",
  "${`a${`b${x}`}`}",
  "${{a: {b: x}}.a.b}",
  "${/[}]/.source}",
  "${list.map((n) => `<i>${n}</i>`).join('')}",
  "${(() => { if (x) { return '}' } })()}",
  "${x /* } */}",
  "${await Promise.resolve(x)}",
  "${x // }\n}",
  "${list.at(-1) ?? x}${x}",
];

function templates(seed: number, count: number): string[] {
  const next = random(seed);
  const piece = () => pieces[Math.floor(next() * pieces.length)] ?? "";
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(next() * 9) }, piece).join(""),
  );
}

/** Backslashes before `$` or at the end are told below. */
const isAlike = (source: string) => !/\\\$|\$\\|\\$/.test(source);

describe.each(["md", "html"] as const)("1500 random cells of mode %s", (mode) => {
  const sources = templates(mode === "md" ? 1 : 2, 1500).filter(isAlike);

  test("give their tag what they give in Notebook Kit", async () => {
    let read = 0;
    for (const source of sources.filter((text) => text.trim() !== "")) {
      const reference = await theirs(mode, source).catch(() => null);
      if (reference === null) continue;
      read++;
      expect(await ours(mode, source), source).toEqual(reference);
    }
    expect(read).toBeGreaterThan(900);
  });
});

/** Where we differ on purpose, and why. */
const differences: readonly (readonly [why: string, mode: "md" | "html", source: string])[] = [
  ["a backslash that makes ${ text goes", "html", "\\${x}"],
  ["$\\{ is the author's, as TeX writes a set", "md", "$\\{1, 2\\}$"],
];

test.each(differences)("%s", async (_, mode, source) => {
  expect(await ours(mode, source)).not.toEqual(await theirs(mode, source));
});
