import type { Analysis, GraphCell } from "./analysis.ts";
import type { Edges } from "./edges.ts";

/**
 * All cells that a change of the roots reaches. Cells that do not run by themselves (policy other than `auto`) are
 * reached, but nothing beyond them. A root is among them only when another root reaches it.
 */
export function descendants(
  analysis: Analysis,
  cells: ReadonlyMap<number, Pick<GraphCell, "run">>,
  roots: Iterable<number>,
): Set<number> {
  return reach(analysis.children, roots, (id) => cells.get(id)?.run === "auto");
}

/** All cells that the roots depend on, directly or through others. */
export function upstream(analysis: Analysis, roots: Iterable<number>): Set<number> {
  return reach(analysis.parents, roots, () => true);
}

function reach(edges: Edges, roots: Iterable<number>, passes: (id: number) => boolean): Set<number> {
  const reached = new Set<number>();
  const expanded = new Set(roots);
  const open = [...expanded];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of edges.get(id) ?? []) {
      reached.add(next);
      if (expanded.has(next) || !passes(next)) continue;
      expanded.add(next);
      open.push(next);
    }
  }
  return reached;
}
