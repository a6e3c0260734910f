/** What a notebook is: a title and a list of cells. Values are immutable; operations.ts makes new ones. */

export const modes = ["ts", "js", "sql", "md", "html", "tex", "dot", "ojs", "node", "python", "r"] as const;
/** Modes that we run. A cell of another mode is kept as it is and shows what is missing. */
export type Mode = (typeof modes)[number];

/** Modes whose cells are data loaders: programs that another interpreter runs, and whose output is the value. */
const interpreters = ["node", "python", "r"] as const;
export type Interpreter = (typeof interpreters)[number];

export function isInterpreter(mode: string): mode is Interpreter {
  return interpreters.some((interpreter) => interpreter === mode);
}

export type Place = "browser" | "kernel";
export type RunPolicy = "auto" | "manual" | "once" | "off";

export interface Cell {
  /** Positive integer, unique in its notebook, written to the file. */
  readonly id: number;
  /** One of `modes`, or the media type of a cell that we cannot run. */
  readonly mode: Mode | (string & {});
  /** The author's text, exactly. */
  readonly source: string;
  /** Where the author wants it to run; see `placeOf` for where it does. */
  readonly place: Place;
  readonly run: RunPolicy;
  /** The author's label of the cell, or null. */
  readonly name: string | null;
  /** Name of the result of a cell that is no code: SQL, Markdown, a data loader (attribute `output`), or null. */
  readonly output: string | null;
  /** Connection that a SQL cell runs on, or `var:` and a variable with a `sql` tag; null is the engine over the catalog. */
  readonly database: string | null;
  /** What a data loader prints (one of `formats`), or null. */
  readonly format: string | null;
  /** Whether the code stays visible in a report (attribute `pinned`). */
  readonly pinned: boolean;
  /** Whether the output is hidden (attribute `hidden`). */
  readonly hidden: boolean;
  /** Attributes that we do not know, in file order, kept on every round trip. */
  readonly attributes: readonly (readonly [name: string, value: string | null])[];
}

/** When cells run: `auto` as soon as something they use changes, `lazy` when they are asked for. */
export type NotebookPolicy = "auto" | "lazy";

export interface Notebook {
  readonly title: string;
  readonly cells: readonly Cell[];
  /** Absent means auto. */
  readonly run?: "lazy";
}

export type CellSpec = Pick<Cell, "id"> & Partial<Cell>;

/** Fills in what a cell leaves out. */
export function toCell(spec: CellSpec): Cell {
  return {
    mode: "ts",
    source: "",
    place: "browser",
    run: "auto",
    name: null,
    output: null,
    database: null,
    format: null,
    pinned: false,
    hidden: false,
    attributes: [],
    ...spec,
  };
}

/** The variable that a SQL cell runs on, `database="var:db"`, or null. */
export function databaseVariable({ mode, database }: Pick<Cell, "mode" | "database">): string | null {
  return mode === "sql" && database?.startsWith("var:") ? database.slice("var:".length) : null;
}

/**
 * Where the cell runs: SQL runs on the engine and data loaders beside it, whatever the cell says. SQL on a variable
 * runs where the author wants it: where the variable is.
 */
export function placeOf(cell: Pick<Cell, "mode" | "place" | "database">): Place {
  if (databaseVariable(cell) !== null) return cell.place;
  return cell.mode === "sql" || isInterpreter(cell.mode) ? "kernel" : cell.place;
}

export function policyOf(notebook: Notebook): NotebookPolicy {
  return notebook.run ?? "auto";
}

export function withPolicy({ run: _, ...notebook }: Notebook, policy: NotebookPolicy): Notebook {
  return policy === "lazy" ? { ...notebook, run: policy } : notebook;
}

export function findCell(notebook: Notebook, id: number): Cell | undefined {
  return notebook.cells.find((cell) => cell.id === id);
}

/** The smallest id that no cell has had: one above the largest. */
export function nextId(notebook: Notebook): number {
  return notebook.cells.reduce((most, cell) => Math.max(most, cell.id), 0) + 1;
}
