import type { Operation } from "../../../../kernel/notebook/document/operations.ts";

/** A cell's place on the page, in px. */
export interface Extent {
  readonly id: number;
  readonly top: number;
  readonly bottom: number;
}

/** The cell after which something dropped at a height comes; null: before all. */
export function dropAfter(extents: readonly Extent[], y: number): number | null {
  let after: number | null = null;
  for (const { id, top, bottom } of extents) if (y > (top + bottom) / 2) after = id;
  return after;
}

/** Moves cells, in their order, after another one as one step; nothing where they stand there already. */
export function moveTo(order: readonly number[], ids: readonly number[], after: number | null): Operation[] {
  const moved = order.filter((id) => ids.includes(id));
  const rest = order.filter((id) => !ids.includes(id));
  const before = order.slice(0, after === null ? 0 : order.indexOf(after) + 1);
  const anchor = before.findLast((id) => !ids.includes(id)) ?? null;
  const at = anchor === null ? 0 : rest.indexOf(anchor) + 1;
  const next = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
  if (next.every((id, index) => id === order[index])) return [];
  return moved.map((cell, index) => ({ type: "move", cell, after: moved[index - 1] ?? anchor }));
}
