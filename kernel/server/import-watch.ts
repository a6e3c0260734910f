/** Tells which cells of a notebook must run again because something that they import was edited. */
import { join } from "node:path";
import type { ModuleGraphs } from "../modules/graphs.ts";
import { compile } from "../notebook/compiler/compile.ts";
import { placeOf } from "../notebook/document/notebook.ts";
import type { RunCell } from "../notebook/document/run-cell.ts";
import { FolderWatch } from "./folder-watch.ts";

interface Watched {
  readonly cell: RunCell;
  readonly imports: readonly string[];
  /** What its imports come to at present. */
  state: string;
}

export class ImportWatch {
  readonly #graphs: ModuleGraphs;
  readonly #notebook: () => string;
  readonly #changed: (cells: readonly number[]) => void;
  readonly #folders = new FolderWatch(() => this.look());
  #notebooks: ReadonlySet<string> = new Set();
  readonly #cells = new Map<number, Watched>();

  /**
   * @param notebook absolute path
   * @param changed the modules of these cells are not what they were; or, without any, a notebook may not be
   */
  constructor(graphs: ModuleGraphs, notebook: () => string, changed: (cells: readonly number[]) => void) {
    this.#graphs = graphs;
    this.#notebook = notebook;
    this.#changed = changed;
  }

  /**
   * The cells of the program from now on. They run, or have run, with their modules as these are now.
   * @param notebooks files of notebooks that they import from
   */
  follow(cells: ReadonlyMap<number, RunCell>, notebooks: ReadonlySet<string>): void {
    let differs = [...notebooks].join() !== [...this.#notebooks].join();
    this.#notebooks = notebooks;
    for (const id of this.#cells.keys()) if (!cells.has(id)) differs = this.#cells.delete(id) || differs;
    for (const [id, cell] of cells) {
      if (this.#cells.get(id)?.cell === cell) continue;
      differs = this.#cells.delete(id) || differs;
      const imports = importsOf(cell);
      if (imports.length === 0) continue;
      this.#cells.set(id, { cell, imports, state: this.#stateOf(cell, imports) });
      differs = true;
    }
    if (differs) this.#watchFiles();
  }

  close(): void {
    this.#folders.close();
  }

  /** Looks whether anything changed. */
  look(): void {
    const changed: number[] = [];
    for (const [id, watched] of this.#cells) {
      const state = this.#stateOf(watched.cell, watched.imports);
      if (state === watched.state) continue;
      watched.state = state;
      changed.push(id);
    }
    if (changed.length > 0) this.#watchFiles();
    if (changed.length > 0 || this.#notebooks.size > 0) this.#changed(changed);
  }

  #stateOf(cell: RunCell, imports: readonly string[]): string {
    return imports.map((name) => this.#graphs.state(placeOf(cell), name, this.#from(cell))).join("\n");
  }

  #from({ origin }: RunCell): string {
    return origin ? join(this.#graphs.root, origin.notebook) : this.#notebook();
  }

  #watchFiles(): void {
    const files = new Set(this.#notebooks);
    for (const { cell, imports } of this.#cells.values())
      for (const name of imports)
        for (const file of this.#graphs.files(placeOf(cell), name, this.#from(cell))) files.add(file);
    if (this.#cells.size > 0) files.add(join(this.#graphs.root, "node_modules/.package-lock.json"));
    this.#folders.watch(files);
  }
}

function importsOf(cell: RunCell): readonly string[] {
  if (!cell.source.includes("import")) return [];
  const { imports, dynamicImports = [] } = compile(cell);
  return [...imports, ...dynamicImports];
}
