import type { Hover as LspHover, MarkupContent, SignatureHelp } from "vscode-languageserver-protocol/node.js";
import type { Hover, Signature } from "../notebook/language.ts";
import { textOf } from "./complete.ts";
import { type LanguageServer, uriOf } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import { positionOf, spanOf } from "./positions.ts";

interface Spot {
  readonly cell: number;
  readonly at: number;
}

/** Type and documentation of what stands at an offset. */
export async function hover(
  files: NotebookFiles,
  server: LanguageServer,
  { cell, at }: Spot,
): Promise<Hover | null> {
  const source = files.cell(cell)?.source;
  if (source === undefined) return null;
  const found = await server.ask<LspHover>("textDocument/hover", spotOf(files, source, { cell, at }));
  const span = found?.range ? spanOf(source, found.range) : { from: at, to: at };
  if (!found || !span) return null;
  return { ...span, text: textOf(found.contents as MarkupContent) };
}

/** What the call around an offset takes. */
export async function signature(
  files: NotebookFiles,
  server: LanguageServer,
  { cell, at }: Spot,
): Promise<Signature | null> {
  const source = files.cell(cell)?.source;
  if (source === undefined) return null;
  const help = await server.ask<SignatureHelp>(
    "textDocument/signatureHelp",
    spotOf(files, source, { cell, at }),
  );
  const index = help?.activeSignature ?? 0;
  const active = help?.signatures[index];
  if (!help || !active) return null;
  const place = active.parameters?.[active.activeParameter ?? help.activeParameter ?? 0];
  const doc = [textOf(place?.documentation), textOf(active.documentation)].filter(Boolean).join("\n\n");
  return {
    label: active.label,
    parameter: partOf(active.label, place?.label),
    text: doc,
    index: index + 1,
    count: help.signatures.length,
  };
}

export function spotOf(files: NotebookFiles, source: string, { cell, at }: Spot) {
  return { textDocument: { uri: uriOf(files.file(cell)) }, position: positionOf(source, at) };
}

function partOf(label: string, part: string | [number, number] | undefined): Signature["parameter"] {
  if (part === undefined) return null;
  if (typeof part !== "string") return { from: part[0], to: part[1] };
  const from = label.indexOf(part);
  return from < 0 ? null : { from, to: from + part.length };
}
