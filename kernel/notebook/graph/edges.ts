import type { GraphCell } from "./analysis.ts";

export type Edges = ReadonlyMap<number, readonly number[]>;

/** Which cells each cell directly feeds and is fed by, each once; every cell has an entry. A cell never feeds itself. */
export function edgesOf(
  cells: readonly GraphCell[],
  definer: ReadonlyMap<string, number>,
): { readonly children: Edges; readonly parents: Edges } {
  const children = new Map<number, number[]>(cells.map(({ id }) => [id, []]));
  const parents = new Map<number, readonly number[]>();
  for (const { id, compiled } of cells) {
    const feeding = new Set<number>();
    for (const name of compiled.inputs) {
      const from = definer.get(name);
      if (from !== undefined && from !== id) feeding.add(from);
    }
    for (const from of feeding) children.get(from)?.push(id);
    parents.set(id, [...feeding]);
  }
  return { children, parents };
}
