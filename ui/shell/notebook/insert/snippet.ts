import { type Cell, type Notebook, nextId, toCell } from "../../../../kernel/notebook/document/notebook.ts";

/** A cell to be made: what a cell has, but for its id. */
export type NewCell = Partial<Omit<Cell, "id">>;

/** Cells that can be put into any notebook. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  /** Other words that it is found by. */
  readonly words?: string;
  /** Names that the cells define; a notebook that has one of them gets another. */
  readonly names?: readonly string[];
  readonly cells: readonly NewCell[];
  /** Text in the first cell that the author is to replace. */
  readonly select?: string;
}

/** The cells of a snippet for a notebook: ids of its own, and names that nothing in it has yet. */
export function cellsOf(
  { cells, names = [] }: Snippet,
  notebook: Notebook,
  first = nextId(notebook),
): Cell[] {
  const renamed = new Map(names.map((name) => [name, freeName(name, notebook)]));
  return cells.map((cell, index) => {
    const output = cell.output ? (renamed.get(cell.output) ?? cell.output) : null;
    return toCell({ ...cell, output, source: renameAll(cell.source ?? "", renamed), id: first + index });
  });
}

/** The name, or the name with the first number that no cell mentions. */
function freeName(name: string, { cells }: Notebook): string {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name}${number}`;
    const word = new RegExp(`(?<![\\p{ID_Continue}$.])${tried}(?![\\p{ID_Continue}$])`, "u");
    if (!cells.some(({ source, output }) => output === tried || word.test(source))) return tried;
  }
}

function renameAll(source: string, names: ReadonlyMap<string, string>): string {
  let text = source;
  for (const [from, to] of names)
    if (from !== to)
      text = text.replace(new RegExp(`(?<![\\p{ID_Continue}$.])${from}(?![\\p{ID_Continue}$])`, "gu"), to);
  return text;
}
