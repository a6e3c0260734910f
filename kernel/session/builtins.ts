/** Names that a cell can use in Node without defining them, each loaded when first asked for. */
import { input, now, observe, queue } from "../notebook/library/generators.ts";
import { markdownTag } from "../notebook/library/markdown.ts";
import { Mutable } from "../notebook/library/mutable.ts";
import { runObservable } from "../notebook/library/observable-cell.ts";
import { installDom } from "./dom.ts";

/** Width of the page that charts are drawn for, in px. */
const width = 928;

const Generators = { input, now, observe, queue, width: () => observe((change) => change(width)) } as const;

type Loader = () => unknown;

/** Modules that draw get a document first. */
function withDom(load: Loader): Loader {
  return () => {
    installDom();
    return load();
  };
}

const loaders: Readonly<Record<string, Loader>> = {
  Plot: withDom(() => import("@observablehq/plot")),
  Inputs: withDom(() => import("@observablehq/inputs")),
  htl: withDom(() => import("htl")),
  html: withDom(async () => (await import("htl")).html),
  svg: withDom(async () => (await import("htl")).svg),
  md: withDom(() => markdownTag(document as unknown as Parameters<typeof markdownTag>[0])),
  document: withDom(() => document),
  d3: () => import("d3"),
  aq: () => import("arquero"),
  Arrow: () => import("@uwdata/flechette"),
  Generators: () => Generators,
  Mutable: () => Mutable,
  now: () => now(),
  $ojs: () => runObservable,
  width: () => width,
};

/** linkedom's document, once `installDom` has put it there. */
declare const document: unknown;

/** The value, or promise of it, of a name of the library; undefined if it has no such name. */
export function libraryValue(name: string): unknown {
  return Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined;
}
