import { deserialize, transpile } from "@observablehq/notebook-kit";
import { Runtime } from "@observablehq/runtime";
import { libraryValue } from "../../kernel/session/builtins.ts";
import { installDom } from "../../kernel/session/dom.ts";

/** A notebook as Notebook Kit runs it: its transpiled cells, its `define`, on the stock runtime, in a DOM emulation. */
type Transpiled = Partial<ReturnType<typeof transpile>>;

interface Definition extends Omit<Transpiled, "body"> {
  readonly id: number;
  readonly body: (...inputs: unknown[]) => unknown;
}

interface Main {
  variable(observer: object): { define(name: null, inputs: readonly string[], definition: unknown): unknown };
}

interface State {
  readonly root: unknown;
  readonly expanded: readonly unknown[];
  readonly variables: readonly unknown[];
}

type Parser = { new (): DOMParser };

const kit = "../../node_modules/@observablehq/notebook-kit/dist/src/runtime";
installDom();
const { define } = (await import(`${kit}/define.js`)) as {
  define(main: Main, state: State, definition: Definition): void;
};
const mutable = (await import(`${kit}/stdlib/mutable.js`)) as { Mutable: unknown };
const generators: unknown = await import(`${kit}/stdlib/generators/index.js`);
const { JSDOM } = (await import("jsdom" as string)) as {
  JSDOM: new () => { window: { DOMParser: Parser } };
};
const parser = new new JSDOM().window.DOMParser();

/** Its library, where that needs no browser; else ours. */
const shared = ["d3", "Plot", "Inputs", "htl", "html", "svg", "md", "aq"];

export interface KitNotebook {
  /** The names that its cells define. */
  readonly names: readonly string[];
  /** The latest value or failure of each name. */
  readonly outcomes: ReadonlyMap<string, { readonly value: unknown } | { readonly error: unknown }>;
  dispose(): void;
}

export function openInKit(text: string, given: Readonly<Record<string, unknown>>): KitNotebook {
  const { cells } = deserialize(text, { parser });
  const library = Object.fromEntries(shared.map((name) => [name, () => libraryValue(name)]));
  const builtins = { ...library, ...constants({ Generators: generators, ...mutable, ...given }) };
  const runtime = new Runtime(builtins);
  const main = runtime.module() as unknown as Main;
  const definitions = cells.map((cell) => ({ ...transpile(cell), id: cell.id }));
  for (const { body, ...rest } of definitions) {
    const root = document.createElement("div");
    define(main, { root, expanded: [], variables: [] }, { ...rest, body: evaluated(body) });
  }
  const names = definitions.flatMap(namesOf);
  const outcomes = new Map<string, { value: unknown } | { error: unknown }>();
  for (const name of names)
    main
      .variable({
        fulfilled: (value: unknown) => outcomes.set(name, { value }),
        rejected: (error: unknown) => outcomes.set(name, { error }),
      })
      .define(null, [name], (value: unknown) => value);
  return { names, outcomes, dispose: () => runtime.dispose() };
}

function constants(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, () => value]));
}

/** Imports go to the packages that are installed. */
function evaluated(body: string): Definition["body"] {
  const load = (url: string) => import(/npm\/((?:@[^/]+\/)?[^/@]+)/.exec(url)?.[1] ?? url);
  return new Function("$load", `return (${body.replaceAll(/\bimport\(/g, "$load(")})`)(load);
}

function namesOf({ outputs = [], output, autoview, automutable }: Transpiled): string[] {
  if (output === undefined) return outputs;
  if (autoview) return [output.replace(/^viewof\$/, ""), output];
  return [automutable ? output.replace(/^mutable /, "") : output];
}

declare const document: { createElement(name: string): unknown };
