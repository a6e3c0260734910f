import type { CompletionItem, CompletionList } from "vscode-languageserver-protocol/node.js";
import type { Completion, Completions } from "../notebook/language.ts";
import { type LanguageServer, uriOf } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";

/** Calls whose first argument is data, and whose options name its columns. */
const callee =
  /\b(?:Plot\.(?!plot\b|scale\b|legend\b)\w+|Inputs\.(?:table|search|select|checkbox|radio))\s*$/;

/** In `Plot.dot(rows, {x: "…` and the like: the columns of the data. Null elsewhere. */
export async function plotColumns(
  files: NotebookFiles,
  server: LanguageServer,
  { cell, at }: { readonly cell: number; readonly at: number },
): Promise<Completions | null> {
  const source = files.cell(cell)?.source ?? "";
  const [, typed] = /["']([^"'\n]*)$/.exec(source.slice(0, at)) ?? [];
  if (typed === undefined) return null;
  const from = at - typed.length;
  const data = dataOfCall(source, from - 1);
  if (data === null) return null;
  const items = await propertiesOf(files, server, cell, data);
  if (items.length === 0) return null;
  const to = at + (/^[^"'\n]*/.exec(source.slice(at))?.[0].length ?? 0);
  return { from, to, items };
}

/** The text of the first argument of the call whose options the offset is in. */
function dataOfCall(source: string, at: number): string | null {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    const character = source[index] ?? "";
    if (")]}".includes(character)) depth++;
    if (!"([{".includes(character) || depth-- > 0) continue;
    depth = 0;
    if (character !== "(") continue;
    const data = callee.test(source.slice(0, index)) ? firstArgument(source.slice(index + 1, at)) : null;
    // A transform's options come before its columns: the data are those of the mark around.
    if (data !== null && !data.startsWith("{")) return data;
  }
  return null;
}

/** Up to the first comma that is in no brackets; null if there is none. */
function firstArgument(text: string): string | null {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth === 0) return text.slice(0, index).trim() || null;
  }
  return null;
}

/** Properties of an element of some data, as a file beside the cell's sees it. */
async function propertiesOf(
  files: NotebookFiles,
  server: LanguageServer,
  cell: number,
  data: string,
): Promise<Completion[]> {
  const question = `;[...(${data.replace(/\s+/g, " ")})][0].`;
  const { path, text } = files.beside(cell);
  server.write(path, `${text}\n${question}`);
  try {
    const list = await server.ask<CompletionList | CompletionItem[]>("textDocument/completion", {
      textDocument: { uri: uriOf(path) },
      position: { line: text.split("\n").length, character: question.length },
      context: { triggerKind: 1 },
    });
    const items = Array.isArray(list) ? list : (list?.items ?? []);
    return items.filter(isColumn).map(({ label }) => ({ label, kind: "column", sort: "01" }));
  } finally {
    server.remove(path);
  }
}

/** Rows are plain: methods are of arrays, text and numbers, which are no rows. */
function isColumn({ kind }: CompletionItem): boolean {
  return kind === 5 || kind === 10;
}
