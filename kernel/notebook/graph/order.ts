import type { GraphCell } from "./analysis.ts";
import type { Edges } from "./edges.ts";

/**
 * Cells in notebook order, each right after the inputs that it still needs; cells of cycles last, in notebook order.
 */
export function orderOf(cells: readonly GraphCell[], parents: Edges, inCycle: ReadonlySet<number>): number[] {
  const order = new Set<number>();
  for (const { id } of cells) if (!inCycle.has(id)) placeAfterInputs(id, parents, inCycle, order);
  for (const { id } of cells) if (inCycle.has(id)) order.add(id);
  return [...order];
}

function placeAfterInputs(
  root: number,
  parents: Edges,
  inCycle: ReadonlySet<number>,
  order: Set<number>,
): void {
  const inputsOf = (id: number) => (parents.get(id) ?? []).values();
  const open = [{ id: root, inputs: inputsOf(root) }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { done, value } = top.inputs.next();
    if (done) {
      order.add(top.id);
      open.pop();
    } else if (!order.has(value) && !inCycle.has(value)) open.push({ id: value, inputs: inputsOf(value) });
  }
}
