import { apply } from "./apply.ts";
import { isEmpty } from "./cells.ts";
import { findCell, type Notebook } from "./notebook.ts";
import type { CellFields, Operation } from "./operations.ts";
import { toChangeSet } from "./text-change.ts";

/** Which of two concurrent operations comes first in the server's order: left. */
export type Side = "left" | "right";

/**
 * The operation to apply after `over`, so that both orders end in the same notebook; null if nothing is left to do.
 *
 * Outcomes of conflicts: a deletion wins over all that happens to its cell; what was inserted or moved after a deleted or
 * moved cell stays in the gap where that cell was; of two cells put in one gap, left's stands first; of two moves of one
 * cell, two titles, or two values of one field, right's (the later) holds; text edits both take effect.
 * Two inserts of one id are resolved by `rebase`, which gives one of them another id; here right's is dropped.
 *
 * @param notebook that both operations were made against
 */
export function transform(
  notebook: Notebook,
  operation: Operation,
  over: Operation,
  side: Side,
): Operation | null {
  if (apply(notebook, operation) === notebook) return null;
  const there = apply(notebook, over);
  if (there === notebook) return operation;
  const left = carried(notebook, operation, over, side);
  return left && apply(there, left) !== there ? left : null;
}

function carried(notebook: Notebook, operation: Operation, over: Operation, side: Side): Operation | null {
  switch (operation.type) {
    case "title":
    case "policy":
      return over.type === operation.type && side === "left" ? null : operation;
    case "delete":
      return operation;
    case "set":
      return over.type === "set" && over.cell === operation.cell && side === "left"
        ? without(operation, over.fields)
        : operation;
    case "edit":
      return over.type === "edit" && over.cell === operation.cell
        ? mapped(notebook, operation, over, side)
        : operation;
    case "insert":
    case "move":
      return placed(notebook, operation, over, side);
  }
}

type Edit = Extract<Operation, { type: "edit" }>;
type SetFields = Extract<Operation, { type: "set" }>;
type Placing = Extract<Operation, { type: "insert" | "move" }>;

function without(operation: SetFields, lost: CellFields): Operation | null {
  const kept = Object.entries(operation.fields).filter(([key]) => !(key in lost));
  const fields: CellFields = Object.fromEntries(kept);
  return isEmpty(fields) ? null : { ...operation, fields };
}

function mapped(notebook: Notebook, operation: Edit, over: Edit, side: Side): Operation | null {
  const length = findCell(notebook, operation.cell)?.source.length ?? 0;
  const changes = toChangeSet(operation.changes, length).map(
    toChangeSet(over.changes, length),
    side === "left",
  );
  return changes.empty ? null : { ...operation, changes: changes.toJSON() };
}

function placed(notebook: Notebook, operation: Placing, over: Operation, side: Side): Operation | null {
  const other = placedBy(over);
  if (other === null) return operation;
  const mine = idOf(operation);
  if (mine === other && side === "left") return null;
  const wanted = ids(apply(notebook, operation));
  const earlier = wanted.slice(0, wanted.indexOf(mine)).filter((id) => id !== other);
  const gap = earlier.at(-1) ?? null;
  return { ...operation, after: side === "right" ? behind(notebook, over, gap, mine) : gap };
}

/** Right's place in a gap: behind the cell that left put there, if it did. */
function behind(notebook: Notebook, over: Operation, gap: number | null, mine: number): number | null {
  const there = ids(apply(notebook, over)).filter((id) => id !== mine);
  const next = there[gap === null ? 0 : there.indexOf(gap) + 1];
  return over.type !== "delete" && next !== undefined && next === placedBy(over) ? next : gap;
}

/** The cell whose place an operation changes. */
function placedBy(operation: Operation): number | null {
  if (operation.type === "insert") return operation.cell.id;
  return operation.type === "move" || operation.type === "delete" ? operation.cell : null;
}

function idOf(operation: Placing): number {
  return operation.type === "insert" ? operation.cell.id : operation.cell;
}

function ids(notebook: Notebook): number[] {
  return notebook.cells.map((cell) => cell.id);
}
