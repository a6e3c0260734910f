import { fileURLToPath } from "node:url";
import type {
  Location,
  TextEdit as LspEdit,
  Range,
  WorkspaceEdit,
} from "vscode-languageserver-protocol/node.js";
import { isIdentifier, wordAt } from "../notebook/compiler/trivia.ts";
import type { Cell } from "../notebook/document/notebook.ts";
import { inputError } from "../notebook/errors.ts";
import type { CellSpan, Definition, Renaming, Span, TextEdit } from "../notebook/language.ts";
import { spotOf } from "./hover.ts";
import { type LanguageServer, uriOf } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import { spanOf } from "./positions.ts";
import { cellOfFile } from "./project.ts";
import { cellEdits, notebookEdits } from "./text-edits.ts";
import { codeOf } from "./virtual-file.ts";

interface Spot {
  readonly cell: number;
  readonly at: number;
}

/** Where the name at an offset is defined: in this cell, another one, or a file. */
export async function definition(
  files: NotebookFiles,
  server: LanguageServer,
  spot: Spot,
): Promise<Definition | null> {
  const source = files.cell(spot.cell)?.source;
  if (source === undefined) return null;
  const found = await definedAt(files, server, source, spot);
  const places = found.map((place) => placeOf(files, place));
  const inText = places.find((place) => place !== null && "cell" in place);
  if (inText) return inText;
  const name = nameAt(source, spot.at);
  const definer = name ? files.definer(name) : undefined;
  if (name && definer !== undefined && definer !== spot.cell)
    return declaration(files, server, definer, name);
  return places.find((place) => place !== null) ?? null;
}

/** All uses of the name at an offset, its definition among them, in the order of the notebook. */
export async function references(
  files: NotebookFiles,
  server: LanguageServer,
  spot: Spot,
): Promise<CellSpan[]> {
  const source = files.cell(spot.cell)?.source;
  const name = source === undefined ? "" : nameAt(source, spot.at);
  if (!name) return [];
  const spots = await spotsOf(files, server, spot, name);
  const found = await Promise.all(
    spots.map((each) =>
      files.cell(each.cell)?.output === name ? [resultAt(each)] : usesIn(files, server, each),
    ),
  );
  return inOrder(files, found.flat());
}

/** What `rename` at an offset would rename, or null where there is no name of the notebook's own. */
export async function renamed(
  files: NotebookFiles,
  server: LanguageServer,
  spot: Spot,
): Promise<Span | null> {
  const source = files.cell(spot.cell)?.source;
  if (source === undefined) return null;
  const name = nameAt(source, spot.at);
  const uses = await references(files, server, spot);
  const here = uses.find(({ cell, from, to }) => cell === spot.cell && from <= spot.at && spot.at <= to);
  return name && here ? { from: here.from, to: here.to } : null;
}

/**
 * The edits that give the name at an offset another one, in all cells.
 * @throws UserError when the new name is none, or taken
 */
export async function rename(
  files: NotebookFiles,
  server: LanguageServer,
  spot: Spot & { readonly name: string },
): Promise<Renaming> {
  const source = files.cell(spot.cell)?.source;
  const old = source === undefined ? "" : nameAt(source, spot.at);
  if (!old || old === spot.name) return { edits: [], output: null };
  if (!isIdentifier(spot.name))
    throw inputError(
      `${JSON.stringify(spot.name)} is not a name`,
      "use letters, digits and _, no digit first",
    );
  const taken = files.definer(spot.name);
  const crosses = files.definer(old) !== undefined;
  if (crosses && taken !== undefined)
    throw inputError(`${spot.name} is defined in cell ${taken} already`, "choose another name");
  const spots = await spotsOf(files, server, spot, old);
  const edits = await Promise.all(
    spots.map(async (each) => {
      const text = files.cell(each.cell)?.source ?? "";
      const asked = { ...spotOf(files, text, each), newName: spot.name };
      return notebookEdits(files, await server.ask<WorkspaceEdit>("textDocument/rename", asked));
    }),
  );
  const resultOf = spots.find(({ cell }) => files.cell(cell)?.output === old)?.cell;
  return {
    edits: unique(edits.flat()),
    output: resultOf === undefined ? null : { cell: resultOf, name: spot.name },
  };
}

/** The edits that lay out a cell's code. */
export async function format(
  files: NotebookFiles,
  server: LanguageServer,
  cell: number,
): Promise<TextEdit[]> {
  const edits = await server.ask<LspEdit[]>("textDocument/formatting", {
    textDocument: { uri: uriOf(files.file(cell)) },
    options: { tabSize: 2, insertSpaces: true, trimTrailingWhitespace: true },
  });
  return cellEdits(files, cell, edits ?? []);
}

/** Spots to ask about a name: where it is defined, and one in each cell that uses it. */
async function spotsOf(
  files: NotebookFiles,
  server: LanguageServer,
  spot: Spot,
  name: string,
): Promise<Spot[]> {
  const definer = files.definer(name);
  const local = await definition(files, server, spot);
  const isOwn = local !== null && "cell" in local && local.cell === spot.cell;
  if (definer === undefined || (isOwn && definer !== spot.cell)) return [spot];
  if (isOwn && local.from !== (await declaration(files, server, definer, name)).from) return [spot];
  const users = files.cells.filter((cell) => cell.id !== definer && codeOf(cell).includes(name));
  const uses = await Promise.all(users.map((cell) => firstUse(files, server, cell, name)));
  const declared = await declaration(files, server, definer, name);
  return [{ cell: definer, at: declared.from }, ...uses.filter((use) => use !== null)];
}

/** The result of a query has its name beside the text. */
const resultAt = ({ cell }: Spot): CellSpan => ({ cell, from: 0, to: 0 });

async function usesIn(files: NotebookFiles, server: LanguageServer, spot: Spot): Promise<CellSpan[]> {
  const source = files.cell(spot.cell)?.source ?? "";
  const found = await server.ask<Location[]>("textDocument/references", {
    ...spotOf(files, source, spot),
    context: { includeDeclaration: true },
  });
  return (found ?? []).flatMap((place) => {
    const at = placeOf(files, place);
    return at !== null && "cell" in at ? [at] : [];
  });
}

/** Where a cell declares a name: what its footer exports leads there. */
async function declaration(
  files: NotebookFiles,
  server: LanguageServer,
  cell: number,
  name: string,
): Promise<CellSpan> {
  const source = files.cell(cell)?.source ?? "";
  const uses = usesOf(files.cell(cell), name);
  for (const at of uses)
    for (const place of await definedAt(files, server, source, { cell, at })) {
      const found = placeOf(files, place);
      if (found && "cell" in found && found.cell === cell) return found;
    }
  const from = uses[0] ?? 0;
  return { cell, from, to: uses.length > 0 ? from + name.length : from };
}

function placeOf(files: NotebookFiles, { uri, range }: { uri: string; range: Range }): Definition | null {
  const file = fileURLToPath(uri);
  const cell = cellOfFile(file, files.path);
  if (cell === null) return { file, line: range.start.line + 1 };
  const span = spanOf(files.cell(cell)?.source ?? "", range);
  return span && { cell, ...span };
}

/** The name that an offset is in or right after. */
function nameAt(source: string, at: number): string {
  const before = /[\p{ID_Continue}$]*$/u.exec(source.slice(0, at))?.[0] ?? "";
  return wordAt(source, at - before.length);
}

/** Where a cell uses another cell's name, not a name of its own that looks the same. */
async function firstUse(
  files: NotebookFiles,
  server: LanguageServer,
  { id, source }: Cell,
  name: string,
): Promise<Spot | null> {
  for (const at of usesOf(files.cell(id), name)) {
    const found = await definedAt(files, server, source, { cell: id, at });
    const isOwn = found.some((place) => {
      const here = placeOf(files, place);
      return here !== null && "cell" in here && here.cell === id;
    });
    if (found.length > 0 && !isOwn) return { cell: id, at };
  }
  return null;
}

async function definedAt(
  files: NotebookFiles,
  server: LanguageServer,
  source: string,
  spot: Spot,
): Promise<readonly Location[]> {
  const found = await server.ask<Location | Location[]>(
    "textDocument/definition",
    spotOf(files, source, spot),
  );
  return Array.isArray(found) ? found : found ? [found] : [];
}

/** Offsets of a word in a cell's code. */
function usesOf(cell: Cell | undefined, name: string): number[] {
  const code = cell ? codeOf(cell) : "";
  return [...code.matchAll(wordPattern(name))].map(({ index }) => index);
}

function wordPattern(name: string): RegExp {
  return new RegExp(`(?<![\\p{ID_Continue}$])${name.replaceAll("$", "\\$")}(?![\\p{ID_Continue}$])`, "gu");
}

function unique(edits: readonly TextEdit[]): TextEdit[] {
  return [...new Map(edits.map((edit) => [`${edit.cell} ${edit.from} ${edit.to}`, edit])).values()];
}

function inOrder(files: NotebookFiles, spans: readonly CellSpan[]): CellSpan[] {
  const rank = new Map(files.cells.map(({ id }, index) => [id, index]));
  const seen = [...new Map(spans.map((span) => [`${span.cell} ${span.from}`, span])).values()];
  return seen.sort((a, b) => (rank.get(a.cell) ?? 0) - (rank.get(b.cell) ?? 0) || a.from - b.from);
}
