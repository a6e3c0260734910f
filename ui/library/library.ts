import { domTools, type ToolsDocument } from "../../kernel/notebook/library/dom-tools.ts";
import { files } from "../../kernel/notebook/library/files.ts";
import { input, now, observe, queue, type Stream } from "../../kernel/notebook/library/generators.ts";
import { Mutable } from "../../kernel/notebook/library/mutable.ts";
import { runObservable } from "../../kernel/notebook/library/observable-cell.ts";
import { promises } from "../../kernel/notebook/library/promises.ts";
import { type SampleName, samples } from "../../kernel/notebook/library/samples.ts";
import type { Ask } from "./context.ts";
import { dark } from "./dark.ts";
import { rememberingTag } from "./last-values.ts";
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
export const generators = { dark, input, now, observe, queue, width: widthOf } as const;

/** Drawing, and what it needs. */
const drawing: readonly (readonly [string, () => unknown])[] = [
  ["Plot", () => import("@observablehq/plot")],
  ["Inputs", () => import("@observablehq/inputs")],
  ["htl", () => import("htl")],
  ["html", async () => (await import("htl")).html],
  ["svg", async () => (await import("htl")).svg],
  ["md", () => markdown()],
  ["tex", async () => (await import("./tex.ts")).tex],
  [
    "dot",
    async () => (await import("../../kernel/notebook/library/dot.ts")).makeDot((await markup()).parseMarkup),
  ],
  ["mermaid", () => mermaidByTheme()],
  ["echarts", () => import("echarts")],
  ["L", async () => (await import("./leaflet.ts")).L],
  ["vl", async () => (await import("./vega-lite.ts")).vl],
  ["React", () => import("react")],
  ["ReactDOM", async () => (await import("./react-dom.ts")).ReactDOM],
  ["DOM", () => domTools(document as unknown as ToolsDocument, devicePixelRatio)],
];

/** Data, and what works on it. */
const data: readonly (readonly [string, () => unknown])[] = [
  ["d3", () => import("d3")],
  ["_", async () => (await import("lodash")).default],
  ["aq", () => import("arquero")],
  ["Arrow", () => import("@uwdata/flechette")],
  ["topojson", () => import("topojson-client")],
  ["Files", () => files],
  ["Promises", () => promises],
  ...(Object.keys(samples) as SampleName[]).map(
    (name) => [name, async () => (await import("./samples.ts")).loadSample(name)] as const,
  ),
];

/** Names that a browser cell can use without defining them, each loaded when first asked for. */
export function makeLibrary({ ask, column }: LibraryHost): Library {
  return new Map<string, () => unknown>([
    ...drawing,
    ...data,
    ["Generators", () => generators],
    ["Mutable", () => Mutable],
    ["dark", () => dark()],
    ["now", () => now()],
    ["width", () => widthOf(column)],
    ["$ojs", () => runObservable],
    ["tables", () => () => ask({ type: "tables" })],
  ]);
}

async function markdown() {
  const { markdownTag } = await import("../../kernel/notebook/library/markdown.ts");
  return rememberingTag(markdownTag(document));
}

const markup = () => import("./markup.ts");

/** Mermaid mixes its colours itself, so its tag is a new one when the page turns dark: cells that use it draw again. */
async function mermaidByTheme(): Promise<Iterator<unknown>> {
  const { mermaidTag } = await import("./mermaid.ts");
  return mapped(dark(), mermaidTag);
}

function* mapped<T, U>(stream: Stream<T>, change: (value: T) => U): Generator<Promise<U>> {
  for (const value of stream) yield Promise.resolve(value).then(change);
}
