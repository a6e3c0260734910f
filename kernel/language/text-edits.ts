import { fileURLToPath } from "node:url";
import type { TextEdit as LspEdit, WorkspaceEdit } from "vscode-languageserver-protocol/node.js";
import type { TextEdit } from "../notebook/language.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import { offsetOf } from "./positions.ts";
import { cellOfFile } from "./project.ts";

/** Edits of a cell's file as edits of the cell; those of our own lines are left out, but for imports, which go on top. */
export function cellEdits(files: NotebookFiles, cell: number, edits: readonly LspEdit[]): TextEdit[] {
  const source = files.cell(cell)?.source;
  if (source === undefined) return [];
  return edits.flatMap(({ range, newText }) => {
    const [from, to] = [offsetOf(source, range.start), offsetOf(source, range.end)];
    if (from !== null && to !== null) return [{ cell, from, to, insert: newText }];
    const isImport = range.start.line === 0 && range.end.line === 0 && /^\s*import\b/.test(newText);
    return isImport ? [{ cell, from: 0, to: 0, insert: `${newText.trim()}\n` }] : [];
  });
}

/** A change of many files as edits of the notebook's cells; other files are left alone. */
export function notebookEdits(files: NotebookFiles, edit: WorkspaceEdit | null): TextEdit[] {
  const byFile = [
    ...Object.entries(edit?.changes ?? {}),
    ...(edit?.documentChanges ?? []).flatMap((change) =>
      "textDocument" in change ? [[change.textDocument.uri, change.edits as LspEdit[]] as const] : [],
    ),
  ];
  return byFile.flatMap(([uri, edits]) => {
    const cell = cellOfFile(fileURLToPath(uri), files.path);
    return cell === null ? [] : cellEdits(files, cell, edits);
  });
}
