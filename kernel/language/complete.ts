import {
  type CompletionItem,
  CompletionItemKind,
  type MarkupContent,
} from "vscode-languageserver-protocol/node.js";
import type { Completion, Completions, Explanation } from "../notebook/language.ts";
import { type Foreseen, itemsAt } from "./foreseen.ts";
import type { LanguageServer } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import type { Offers } from "./offers.ts";
import { plotColumns } from "./plot-columns.ts";
import { positionOf } from "./positions.ts";
import { isCellModule } from "./project.ts";
import { cellEdits } from "./text-edits.ts";

/** More would not be read, and take long to send. */
const mostItems = 1000;

const wordBefore = /[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u;
const wordAfter = /^[\p{ID_Continue}$]*/u;

export interface CompletionParts {
  readonly files: NotebookFiles;
  readonly server: LanguageServer;
  readonly foreseen: Foreseen;
  readonly offers: Offers;
}

/** What may stand at an offset of a cell. @param trigger the character that was typed, if it asks for a list */
export async function complete(
  { files, server, foreseen, offers }: CompletionParts,
  { cell, at, trigger }: { readonly cell: number; readonly at: number; readonly trigger: string | null },
): Promise<Completions | null> {
  const source = files.cell(cell)?.source;
  if (source === undefined) return null;
  const columns = await plotColumns(files, server, { cell, at });
  if (columns) return columns;
  const start = at - (wordBefore.exec(source.slice(0, at))?.[0].length ?? 0);
  const known = await foreseen.take(cell, source, at, start);
  const all = known?.items ?? (await itemsAt(server, files.file(cell), positionOf(source, at), trigger));
  const typed = wordBefore.exec(source.slice(0, at))?.[0] ?? "";
  const rest = wordAfter.exec(source.slice(at))?.[0] ?? "";
  const theirs = all.filter((item) => !isOurs(item));
  const free = isFree(source.slice(0, at - typed.length)) ? namesOfCells(files, cell, theirs) : [];
  const meant = theirs.filter(({ label }) => mayMean(label, typed)).slice(0, mostItems);
  const token = offers.keep(meant);
  const items = [
    ...free.filter(({ label }) => mayMean(label, typed)),
    ...meant.map((item, index) => completionOf(item, [token, index])),
  ];
  return {
    from: at - typed.length,
    to: at + rest.length,
    items: items.slice(0, mostItems),
    ...(known?.partial ? { partial: true } : {}),
  };
}

/** More about an item that `complete` gave. */
export async function explain(
  { files, server, offers }: CompletionParts,
  { cell, data }: { readonly cell: number; readonly data: unknown },
): Promise<Explanation | null> {
  const offered = offers.get(data);
  const item = offered && (await server.ask<CompletionItem>("completionItem/resolve", offered));
  if (!item) return null;
  const code = item.detail ? `\`\`\`typescript\n${item.detail}\n\`\`\`\n` : "";
  return {
    text: code + textOf(item.documentation),
    edits: cellEdits(files, cell, item.additionalTextEdits ?? []),
  };
}

export function textOf(documentation: string | MarkupContent | undefined): string {
  return typeof documentation === "string" ? documentation : (documentation?.value ?? "");
}

/** What only our own lines have, and other cells' names as if they had to be imported. */
function isOurs({ label, labelDetails, data }: CompletionItem): boolean {
  const from =
    labelDetails?.description ??
    (data as { autoImport?: { moduleSpecifier?: string } } | undefined)?.autoImport?.moduleSpecifier;
  return label === "Percolate" || (from !== undefined && isCellModule(from));
}

/** Whether a name may stand here that nothing before belongs to. */
function isFree(before: string): boolean {
  return !/[.'"`]\s*$/.test(before);
}

/** Names of other cells that the cell does not use yet. */
function namesOfCells(files: NotebookFiles, cell: number, known: readonly CompletionItem[]): Completion[] {
  if (!known.some(({ label }) => label === "undefined" || label === "globalThis")) return [];
  const there = new Set(known.map(({ label }) => label));
  return [...files.namesFor(cell)].flatMap(([label, definer]) =>
    there.has(label) ? [] : [{ label, kind: "variable", detail: `cell ${definer}`, sort: "10" }],
  );
}

function completionOf(item: CompletionItem, data: readonly number[]): Completion {
  const { label, kind, labelDetails, insertText, textEdit, sortText = "11" } = item;
  const insert = insertText ?? textEdit?.newText;
  const detail = labelDetails?.description ?? labelDetails?.detail;
  return {
    label,
    kind: kindOf(kind),
    ...(detail ? { detail } : {}),
    ...(insert !== undefined && insert !== label ? { insert } : {}),
    sort: sortText,
    data,
  };
}

/** The letters in their order, as the editor's own filter has it. */
function mayMean(label: string, typed: string): boolean {
  let at = 0;
  const lower = label.toLowerCase();
  for (const letter of typed.toLowerCase()) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function kindOf(kind: CompletionItemKind | undefined): string {
  switch (kind) {
    case CompletionItemKind.Method:
      return "method";
    case CompletionItemKind.Function:
    case CompletionItemKind.Constructor:
      return "function";
    case CompletionItemKind.Field:
    case CompletionItemKind.Property:
      return "property";
    case CompletionItemKind.Class:
      return "class";
    case CompletionItemKind.Interface:
    case CompletionItemKind.TypeParameter:
    case CompletionItemKind.Struct:
      return "type";
    case CompletionItemKind.Enum:
    case CompletionItemKind.EnumMember:
      return "enum";
    case CompletionItemKind.Module:
    case CompletionItemKind.File:
    case CompletionItemKind.Folder:
      return "namespace";
    case CompletionItemKind.Keyword:
      return "keyword";
    case CompletionItemKind.Constant:
    case CompletionItemKind.Unit:
    case CompletionItemKind.Value:
      return "constant";
    case CompletionItemKind.Text:
      return "text";
    default:
      return "variable";
  }
}
