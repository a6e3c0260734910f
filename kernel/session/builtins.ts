/** Names that a cell can use in Node without defining them, each loaded when first asked for. */
import { inputError } from "../notebook/errors.ts";
import { domTools, type ToolsDocument } from "../notebook/library/dom-tools.ts";
import { files } from "../notebook/library/files.ts";
import { input, now, observe, queue } from "../notebook/library/generators.ts";
import { markdownTag } from "../notebook/library/markdown.ts";
import { markupParser } from "../notebook/library/markup.ts";
import { Mutable } from "../notebook/library/mutable.ts";
import { runObservable } from "../notebook/library/observable-cell.ts";
import { promises } from "../notebook/library/promises.ts";
import { type SampleName, samples } from "../notebook/library/samples.ts";
import { domDocument, installDom } from "./dom.ts";

/** Width of the page that charts are drawn for, in px. */
const width = 928;

const Generators = {
  dark: () => observe<boolean>((change) => change(false)),
  input,
  now,
  observe,
  queue,
  width: () => observe<number>((change) => change(width)),
} as const;

type Loader = () => unknown;

/** Modules that draw get a document first. */
function withDom(load: Loader): Loader {
  return () => {
    installDom();
    return load();
  };
}

/** What only works where there is a page to measure text and places in. */
function onlyInPage(what: string, remedy: string): Loader {
  return () => {
    throw inputError(
      `${what} can be drawn only in the page: there is nothing here to measure text with`,
      remedy,
    );
  };
}

const drawing: Readonly<Record<string, Loader>> = {
  Plot: withDom(() => import("@observablehq/plot")),
  Inputs: withDom(() => import("@observablehq/inputs")),
  htl: withDom(() => import("htl")),
  html: withDom(async () => (await import("htl")).html),
  svg: withDom(async () => (await import("htl")).svg),
  md: () => markdownTag(domDocument() as unknown as Parameters<typeof markdownTag>[0]),
  tex: async () => (await import("../notebook/library/tex.ts")).makeTex(markupParser(domDocument())),
  dot: async () => (await import("../notebook/library/dot.ts")).makeDot(markupParser(domDocument())),
  mermaid: onlyInPage(
    "Mermaid diagrams",
    "let the cell run in the browser; dot`…` draws diagrams everywhere",
  ),
  echarts: withDom(async () => (await import("./echarts.ts")).echarts),
  L: onlyInPage("maps of Leaflet", "let the cell run in the browser; Plot.geo draws maps everywhere"),
  vl: withDom(async () => (await import("./vega-lite.ts")).vl),
  React: () => import("react"),
  ReactDOM: withDom(async () => (await import("./react-dom.ts")).ReactDOM),
  DOM: () => domTools(domDocument() as unknown as ToolsDocument, 1),
  document: () => domDocument(),
};

const data: Readonly<Record<string, Loader>> = {
  d3: () => import("d3"),
  _: async () => (await import("lodash")).default,
  aq: () => import("arquero"),
  Arrow: () => import("@uwdata/flechette"),
  topojson: () => import("topojson-client"),
  Files: () => files,
  Promises: () => promises,
};

const loaders: Readonly<Record<string, Loader>> = {
  ...drawing,
  ...data,
  Generators: () => Generators,
  Mutable: () => Mutable,
  dark: () => false,
  now: () => now(),
  $ojs: () => runObservable,
  width: () => width,
};

/** The value, or promise of it, of a name of the library; undefined if it has no such name. */
export function libraryValue(name: string): unknown {
  if (Object.hasOwn(samples, name)) return sample(name as SampleName);
  return Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined;
}

async function sample(name: SampleName): Promise<unknown> {
  return (await import("./samples.ts")).loadSample(name);
}
