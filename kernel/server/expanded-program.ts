/** The program with the cells that it imports from other notebooks: what the places run. */
import { NotebookImports } from "../modules/notebook-imports.ts";
import type { RunCell } from "../notebook/document/run-cell.ts";
import type { ProgramChange } from "../notebook/protocol.ts";
import { emptyProgram, fullChange, type Program, type ProgramStep } from "./program.ts";

export class ExpandedProgram {
  readonly #imports: NotebookImports;
  readonly #notebook: () => string;
  #now: Program = emptyProgram;
  #files: ReadonlySet<string> = new Set();

  /** @param root of the workspace @param notebook absolute path */
  constructor(root: string, notebook: () => string, isTrusted: (text: string) => boolean) {
    this.#imports = new NotebookImports(root, isTrusted);
    this.#notebook = notebook;
  }

  /** As last given to the places. */
  get program(): Program {
    return this.#now;
  }

  get cells(): ReadonlyMap<number, RunCell> {
    return this.#now.cells;
  }

  /** Files of the notebooks that cells import from, there or not. */
  get files(): ReadonlySet<string> {
    return this.#files;
  }

  full(): ProgramChange {
    return fullChange(this.#now);
  }

  /** The change as the places get it: with imported cells that are new or differ, and cells whose imports do. */
  change({ program, change }: ProgramStep): ProgramChange {
    const before = this.#now.cells;
    const given = program.order.flatMap((id) => program.cells.get(id) ?? []);
    const { cells, files } = this.#imports.expand(given, this.#notebook());
    const told = new Set(change.cells.map(({ id }) => id));
    const differing = [...cells.values()].filter((cell) => told.has(cell.id) || before.get(cell.id) !== cell);
    this.#now = { ...program, cells, order: [...cells.keys()] };
    this.#files = files;
    return { ...change, order: this.#now.order, cells: differing };
  }

  /** Whether the imported notebooks are not what they were. */
  differs(program: Program): boolean {
    const given = program.order.flatMap((id) => program.cells.get(id) ?? []);
    const { cells } = this.#imports.expand(given, this.#notebook());
    if (cells.size !== this.#now.cells.size) return true;
    return [...cells].some(([id, cell]) => this.#now.cells.get(id) !== cell);
  }
}
