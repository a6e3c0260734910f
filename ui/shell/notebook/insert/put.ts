import { findCell } from "../../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../../kernel/notebook/document/operations.ts";
import { textDifference } from "../../../../kernel/notebook/document/text-difference.ts";
import type { Workbench } from "../context.ts";
import type { Insertion } from "./insertion.ts";
import { cellsOf, type Snippet } from "./snippet.ts";

/** Puts a snippet's cells into the notebook as one step, and selects the text to replace. */
export function putSnippet(workbench: Workbench, snippet: Snippet, { after, into }: Insertion): void {
  const { session, editors } = workbench;
  const notebook = session.notebook.get();
  const empty = into === null ? undefined : findCell(notebook, into);
  const cells = cellsOf(snippet, notebook);
  const operations: Operation[] = [];
  let last = after;
  for (const [index, cell] of cells.entries()) {
    if (index === 0 && empty && empty.source === "") {
      const { id: _id, source, ...fields } = cell;
      operations.push({ type: "set", cell: empty.id, fields });
      operations.push({ type: "edit", cell: empty.id, changes: textDifference("", source).toJSON() });
      last = empty.id;
    } else {
      operations.push({ type: "insert", cell, after: last });
      last = cell.id;
    }
  }
  session.edit(operations);
  const [first] = cells;
  if (!first) return;
  const id = empty?.source === "" ? empty.id : first.id;
  const from = snippet.select ? first.source.indexOf(snippet.select) : -1;
  editors.focus(id, from < 0 ? "end" : { from, to: from + (snippet.select?.length ?? 0) });
}
