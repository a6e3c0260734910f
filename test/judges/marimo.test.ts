import { describe, expect, test } from "vitest";
import { compile } from "../../kernel/notebook/compiler/compile.ts";
import { type CellSpec, toCell } from "../../kernel/notebook/document/notebook.ts";
import { analyse } from "../../kernel/notebook/graph/analyse.ts";
import { type GraphCase, graphs } from "./marimo-graphs.ts";

/**
 * The graphs that marimo's dataflow cases state, as cells of ours: who uses which names, who defines them, and
 * which cells feed which.
 */
function analysisOf(texts: GraphCase["cells"]) {
  const cells = texts.map((text, index) => {
    const spec: Omit<CellSpec, "id"> = typeof text === "string" ? { source: text } : text;
    const cell = toCell({ id: index, place: "kernel", ...spec });
    return { id: cell.id, place: cell.place, run: cell.run, compiled: compile(cell) };
  });
  return { cells, analysis: analyse(cells) };
}

/** Names that the place itself gives are no edges of the graph. */
const given = new Set(["display", "view", "sql", "database", "$import"]);

const sorted = <T>(items: Iterable<T>) => [...items].sort();

/** Children follow from parents. */
function childrenOf(parents: readonly (readonly number[])[]): number[][] {
  return parents.map((_, id) => parents.flatMap((feeding, user) => (feeding.includes(id) ? [user] : [])));
}

describe.each(graphs)("$name", ({ cells: texts, refs, defs, parents, failed = [] }) => {
  const { cells, analysis } = analysisOf(texts);

  test("names used and defined", () => {
    const used = cells.map(({ compiled }) => sorted(compiled.inputs.filter((name) => !given.has(name))));
    expect(used).toEqual(refs.map(sorted));
    expect(cells.map(({ compiled }) => sorted(compiled.outputs))).toEqual(defs.map(sorted));
  });

  test("parents and children", () => {
    expect(cells.map(({ id }) => sorted(analysis.parents.get(id) ?? []))).toEqual(parents.map(sorted));
    expect(cells.map(({ id }) => sorted(analysis.children.get(id) ?? []))).toEqual(childrenOf(parents));
  });

  test("which cells must not run", () => {
    expect(sorted(analysis.failures.keys())).toEqual(failed);
  });
});
