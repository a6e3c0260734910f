// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the hints show what authors write
import type { Mode } from "../../../kernel/notebook/document/notebook.ts";

interface ModeText {
  readonly name: string;
  /** Shown in an empty cell. */
  readonly hint: string;
}

export const modeTexts: Readonly<Record<Mode, ModeText>> = {
  ts: {
    name: "TypeScript",
    hint: "TypeScript: an expression shows its value, a declaration names it for other cells",
  },
  js: { name: "JavaScript", hint: "JavaScript" },
  sql: { name: "SQL", hint: "SELECT … FROM a table of the catalog; ${name} is a value of another cell" },
  md: { name: "Markdown", hint: "Markdown: text, # headings, **bold**, ${values} of other cells" },
  html: { name: "HTML", hint: "HTML with ${values} of other cells" },
  tex: { name: "TeX", hint: "TeX: maths such as \\sqrt{x^2}, with ${values} of other cells" },
  dot: { name: "Graphviz", hint: "DOT: a diagram such as digraph { a -> b }, with ${values} of other cells" },
  ojs: {
    name: "Observable JavaScript",
    hint: "Observable JavaScript: x = …, viewof x = …, mutable x = …, or a block",
  },
  node: {
    name: "Node",
    hint: "A TypeScript program of its own: what it prints with console.log or process.stdout is the cell's value",
  },
  python: { name: "Python", hint: "A Python program: what it prints is the cell's value" },
  r: { name: "R", hint: "An R program: what it prints, as with cat, is the cell's value" },
};

export const newModes = ["ts", "sql", "md", "html", "tex", "dot"] as const satisfies readonly Mode[];

/** Data loaders: offered apart from the languages that the notebook itself is written in. */
export const loaderModes = ["python", "r", "node"] as const satisfies readonly Mode[];

export function modeText(mode: string): ModeText {
  const known = mode in modeTexts ? modeTexts[mode as Mode] : undefined;
  return known ?? { name: mode, hint: "" };
}
