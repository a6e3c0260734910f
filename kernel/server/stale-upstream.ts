import { compile } from "../notebook/compiler/compile.ts";
import type { CompiledCell } from "../notebook/compiler/compiled.ts";
import { type Cell, type Notebook, placeOf } from "../notebook/document/notebook.ts";
import { Graph } from "../notebook/graph/graph.ts";
import type { Program } from "./program.ts";

const compiled = new WeakMap<Cell, CompiledCell>();

/**
 * The cells, and what they need of those that are stale. Cells that run by hand alone are not among the latter: what
 * is expensive must not run because of something else.
 */
export function withStaleUpstream(
  program: Program,
  notebook: Notebook,
  wanted: readonly number[],
  stale: readonly number[],
): number[] {
  const isWanted = new Set(wanted);
  const needed = graphOf(program, notebook, isWanted).upstream(wanted);
  const byThemselves = notebook.cells.filter(({ run }) => run === "auto" || run === "once");
  const mayRun = new Set(byThemselves.map(({ id }) => id));
  return [...wanted, ...stale.filter((id) => !isWanted.has(id) && needed.has(id) && mayRun.has(id))];
}

/** The program as it will be once the wanted cells have their present text. */
function graphOf(program: Program, notebook: Notebook, wanted: ReadonlySet<number>): Graph {
  const cells = notebook.cells.flatMap((present) => {
    const cell = wanted.has(present.id) ? present : program.cells.get(present.id);
    return cell ? [{ id: cell.id, place: placeOf(cell), run: cell.run, compiled: compiledOf(cell) }] : [];
  });
  const graph = new Graph();
  graph.update(
    cells,
    cells.map(({ id }) => id),
  );
  return graph;
}

function compiledOf(cell: Cell): CompiledCell {
  const known = compiled.get(cell) ?? compile(cell);
  compiled.set(cell, known);
  return known;
}
