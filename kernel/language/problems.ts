import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
} from "vscode-languageserver-protocol/node.js";
import type { Fix, Problem } from "../notebook/language.ts";
import { type LanguageServer, uriOf } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import { positionOf, spanOf } from "./positions.ts";
import { notebookEdits } from "./text-edits.ts";
import { isScript } from "./virtual-file.ts";

/** Rules that modules have and cells have not. */
const notOurs = new Set([
  // 'await', 'for await' and top-level forms need a module of another kind.
  1375, 1378, 1431, 1432,
  // A name that our footer declares.
  2440, 2484,
  // Declared but never used: another cell may, or display it.
  6133, 6192, 6196, 6198,
]);

/** Numbers below are of syntax; a JavaScript cell has no other mistakes that TypeScript could know. */
const firstSemantic = 2000;

/** The mistakes in a cell that TypeScript sees. */
export async function problemsOf(
  files: NotebookFiles,
  server: LanguageServer,
  cell: number,
): Promise<Problem[]> {
  const diagnostics = await diagnose(files, server, cell);
  const text = files.cell(cell);
  if (!text) return [];
  return diagnostics.flatMap((each) => {
    const span = spanOf(text.source, each.range);
    const code = typeof each.code === "number" ? each.code : null;
    if (!span || each.severity === 4 || (code !== null && isNotOurs(code, text.mode))) return [];
    return [{ ...span, severity: severityOf(each), message: each.message, code }];
  });
}

/** What can be done about the mistakes in a part of a cell. */
export async function fixesOf(
  files: NotebookFiles,
  server: LanguageServer,
  { cell, from, to }: { readonly cell: number; readonly from: number; readonly to: number },
): Promise<Fix[]> {
  const source = files.cell(cell)?.source;
  if (source === undefined) return [];
  const range = { start: positionOf(source, from), end: positionOf(source, to) };
  const diagnostics = (await diagnose(files, server, cell)).filter((each) => {
    const span = spanOf(source, each.range);
    return span && span.from <= to && span.to >= from;
  });
  if (diagnostics.length === 0) return [];
  const actions = await server.ask<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: uriOf(files.file(cell)) },
    range,
    context: { diagnostics, only: ["quickfix"] },
  });
  return (actions ?? []).flatMap(({ title, edit }) => {
    const edits = notebookEdits(files, edit ?? null);
    return edits.length > 0 ? [{ title, edits }] : [];
  });
}

async function diagnose(files: NotebookFiles, server: LanguageServer, cell: number): Promise<Diagnostic[]> {
  const report = await server.ask<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri: uriOf(files.file(cell)) },
  });
  return report?.kind === "full" ? report.items : [];
}

function isNotOurs(code: number, mode: string): boolean {
  return notOurs.has(code) || (mode !== "ts" && isScript({ mode }) && code >= firstSemantic);
}

function severityOf({ severity }: Diagnostic): Problem["severity"] {
  return ([undefined, "error", "warning", "info", "hint"] as const)[severity ?? 1] ?? "error";
}
