import { apply } from "./apply.ts";
import { before, changedFields, fieldsOf } from "./cells.ts";
import { type Cell, findCell, type Notebook, policyOf } from "./notebook.ts";
import type { Operation } from "./operations.ts";
import { toChangeSet, toText } from "./text-change.ts";

/**
 * The operation that undoes `operation`, or null if it changes nothing.
 * @param notebook before the operation
 */
export function invert(notebook: Notebook, operation: Operation): Operation | null {
  if (apply(notebook, operation) === notebook) return null;
  if (operation.type === "title") return { type: "title", title: notebook.title };
  if (operation.type === "policy") return { type: "policy", run: policyOf(notebook) };
  if (operation.type === "insert") return { type: "delete", cell: operation.cell.id };
  const cell = findCell(notebook, operation.cell);
  return cell ? undo(notebook, cell, operation) : null;
}

type CellOperation = Exclude<Operation, { type: "title" | "policy" | "insert" }>;

function undo(notebook: Notebook, cell: Cell, operation: CellOperation): Operation {
  switch (operation.type) {
    case "delete":
      return { type: "insert", cell, after: before(notebook, cell.id) };
    case "move":
      return { type: "move", cell: cell.id, after: before(notebook, cell.id) };
    case "set":
      return { type: "set", cell: cell.id, fields: fieldsOf(cell, changedFields(cell, operation.fields)) };
    case "edit": {
      const changes = toChangeSet(operation.changes, cell.source.length).invert(toText(cell.source));
      return { type: "edit", cell: cell.id, changes: changes.toJSON() };
    }
  }
}

/**
 * What undoes a row of operations, in the order to apply it.
 * @param notebook before the first
 */
export function invertAll(notebook: Notebook, operations: readonly Operation[]): Operation[] {
  const undone: Operation[] = [];
  let state = notebook;
  for (const operation of operations) {
    const inverse = invert(state, operation);
    if (inverse) undone.unshift(inverse);
    state = apply(state, operation);
  }
  return undone;
}
