import { input, now, observe, queue } from "../../kernel/notebook/library/generators.ts";
import { Mutable } from "../../kernel/notebook/library/mutable.ts";
import { runObservable } from "../../kernel/notebook/library/observable-cell.ts";
import type { Ask } from "./context.ts";
import { widthOf } from "./width.ts";

/** What the library needs of the page it works in. */
export interface LibraryHost {
  readonly ask: Ask;
  /** The element whose width is `width`: the column of outputs. */
  readonly column: Element;
}

/** Name → how to get its value, which may be a promise or a generator that the runtime follows (`now`, `width`). */
export type Library = ReadonlyMap<string, () => unknown>;

/** `Generators` as cells know it. */
export const generators = { input, now, observe, queue, width: widthOf } as const;

const modules: readonly (readonly [string, () => unknown])[] = [
  ["Plot", () => import("@observablehq/plot")],
  ["d3", () => import("d3")],
  ["Inputs", () => import("@observablehq/inputs")],
  ["htl", () => import("htl")],
  ["html", async () => (await import("htl")).html],
  ["svg", async () => (await import("htl")).svg],
  ["aq", () => import("arquero")],
  ["Arrow", () => import("@uwdata/flechette")],
  ["md", async () => (await import("../../kernel/notebook/library/markdown.ts")).markdownTag(document)],
];

/** Names that a browser cell can use without defining them, each loaded when first asked for. */
export function makeLibrary({ ask, column }: LibraryHost): Library {
  return new Map<string, () => unknown>([
    ...modules,
    ["Generators", () => generators],
    ["Mutable", () => Mutable],
    ["now", () => now()],
    ["width", () => widthOf(column)],
    ["$ojs", () => runObservable],
    ["tables", () => () => ask({ type: "tables" })],
  ]);
}
