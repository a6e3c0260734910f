import { sameNotebook } from "./cells.ts";
import { type Layout, readLayout } from "./layout.ts";
import { type Cell, type Notebook, policyOf, withPolicy } from "./notebook.ts";
import { canonicalText, patchText } from "./write.ts";

export interface ParseOptions {
  /**
   * U+FFFD is refused, because it stands where a lenient decoder met broken bytes, which saving would destroy. True
   * says that the bytes were decoded strictly, so that it is the author's own character.
   */
  readonly strictlyDecoded?: boolean;
}

/**
 * Reads an Observable Notebooks 2.0 HTML file.
 * @throws UserError kind "input" with line and column, if it is not one
 */
export function parseNotebook(text: string, options: ParseOptions = {}): Notebook {
  return toNotebook(readLayout(text, options.strictlyDecoded ?? false));
}

/**
 * Writes a notebook file.
 * @param previous the file as it was: all bytes of it that the notebook does not change are kept. It must parse.
 * Characters that no HTML text can hold (NUL, lone surrogates) become U+FFFD.
 */
export function serializeNotebook(notebook: Notebook, previous?: string): string {
  const clean = cleaned(notebook);
  if (previous === undefined) return canonicalText(clean);
  const layout = readLayout(previous, true);
  if (sameNotebook(toNotebook(layout), notebook)) return previous;
  const text = patchText(layout, clean);
  return sameNotebook(toNotebook(readLayout(text, true)), clean) ? text : canonicalText(clean);
}

function toNotebook(layout: Layout): Notebook {
  return withPolicy({ title: layout.title, cells: layout.cells.map(({ cell }) => cell) }, layout.policy);
}

function cleaned(notebook: Notebook): Notebook {
  const clean = { title: plain(notebook.title), cells: notebook.cells.map(cleanedCell) };
  return withPolicy(clean, policyOf(notebook));
}

function cleanedCell(cell: Cell): Cell {
  const text = (value: string | null) => (value ? plain(value) : null);
  return {
    ...cell,
    source: plain(cell.source),
    name: text(cell.name),
    output: text(cell.output),
    database: text(cell.database),
    format: text(cell.format),
    attributes: cell.attributes.map(([name, value]) => [name, value === null ? null : plain(value)] as const),
  };
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/\0|\p{Surrogate}/gu, "\ufffd");
}
