import { changedFields, inserted, isEmpty } from "./cells.ts";
import { type Cell, findCell, type Notebook, policyOf, withPolicy } from "./notebook.ts";
import type { CellFields, Operation, TextChange } from "./operations.ts";
import { applyChange } from "./text-change.ts";

/**
 * The notebook after an operation. What changes nothing gives the same object: an operation on a cell that is gone,
 * an insert of an id that exists, a value that is there already.
 * @throws UserError kind "input" for a text change that does not fit the cell's text
 */
export function apply(notebook: Notebook, operation: Operation): Notebook {
  switch (operation.type) {
    case "insert":
      return insert(notebook, operation.cell, operation.after);
    case "delete":
      return remove(notebook, operation.cell);
    case "move":
      return move(notebook, operation.cell, operation.after);
    case "edit":
      return edit(notebook, operation.cell, operation.changes);
    case "set":
      return set(notebook, operation.cell, operation.fields);
    case "title":
      return notebook.title === operation.title ? notebook : { ...notebook, title: operation.title };
    case "policy":
      return policyOf(notebook) === operation.run ? notebook : withPolicy(notebook, operation.run);
  }
}

/** The notebook after operations in order. */
export function applyAll(notebook: Notebook, operations: readonly Operation[]): Notebook {
  return operations.reduce(apply, notebook);
}

function insert(notebook: Notebook, cell: Cell, after: number | null): Notebook {
  if (findCell(notebook, cell.id)) return notebook;
  const plain = cell.source.includes("\r") ? { ...cell, source: cell.source.replace(/\r\n?/g, "\n") } : cell;
  return { ...notebook, cells: inserted(notebook.cells, plain, after) };
}

function remove(notebook: Notebook, id: number): Notebook {
  const cells = notebook.cells.filter((cell) => cell.id !== id);
  return cells.length === notebook.cells.length ? notebook : { ...notebook, cells };
}

function move(notebook: Notebook, id: number, after: number | null): Notebook {
  const cell = findCell(notebook, id);
  if (!cell || after === id) return notebook;
  const others = notebook.cells.filter((other) => other !== cell);
  const cells = inserted(others, cell, after);
  return cells.every((other, index) => other === notebook.cells[index]) ? notebook : { ...notebook, cells };
}

function edit(notebook: Notebook, id: number, changes: TextChange): Notebook {
  return update(notebook, id, (cell) => {
    const source = applyChange(cell.source, changes);
    return source === cell.source ? cell : { ...cell, source };
  });
}

function set(notebook: Notebook, id: number, fields: CellFields): Notebook {
  return update(notebook, id, (cell) => {
    const changed = changedFields(cell, fields);
    return isEmpty(changed) ? cell : { ...cell, ...changed };
  });
}

function update(notebook: Notebook, id: number, change: (cell: Cell) => Cell): Notebook {
  const index = notebook.cells.findIndex((cell) => cell.id === id);
  const cell = notebook.cells[index];
  if (!cell) return notebook;
  const next = change(cell);
  return next === cell ? notebook : { ...notebook, cells: notebook.cells.with(index, next) };
}
