/** Tells which cells of a notebook must run again because something that they import was edited. */
import { join } from "node:path";
import type { ModuleGraphs } from "../modules/graphs.ts";
import { compile } from "../notebook/compiler/compile.ts";
import { type Cell, placeOf } from "../notebook/document/notebook.ts";
import { FolderWatch } from "./folder-watch.ts";

interface Watched {
  readonly cell: Cell;
  readonly imports: readonly string[];
  /** What its imports come to at present. */
  state: string;
}

export class ImportWatch {
  readonly #graphs: ModuleGraphs;
  readonly #notebook: () => string;
  readonly #changed: (cells: readonly number[]) => void;
  readonly #folders = new FolderWatch(() => this.#look());
  readonly #cells = new Map<number, Watched>();

  /**
   * @param notebook absolute path
   * @param changed the modules of these cells are not what they were
   */
  constructor(graphs: ModuleGraphs, notebook: () => string, changed: (cells: readonly number[]) => void) {
    this.#graphs = graphs;
    this.#notebook = notebook;
    this.#changed = changed;
  }

  /** The cells of the program from now on. They run, or have run, with their modules as these are now. */
  follow(cells: ReadonlyMap<number, Cell>): void {
    let differs = false;
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

  #look(): void {
    const changed: number[] = [];
    for (const [id, watched] of this.#cells) {
      const state = this.#stateOf(watched.cell, watched.imports);
      if (state === watched.state) continue;
      watched.state = state;
      changed.push(id);
    }
    if (changed.length === 0) return;
    this.#watchFiles();
    this.#changed(changed);
  }

  #stateOf(cell: Cell, imports: readonly string[]): string {
    return imports.map((name) => this.#graphs.state(placeOf(cell), name, this.#notebook())).join("\n");
  }

  #watchFiles(): void {
    const files = new Set<string>();
    for (const { cell, imports } of this.#cells.values())
      for (const name of imports)
        for (const file of this.#graphs.files(placeOf(cell), name, this.#notebook())) files.add(file);
    if (files.size > 0) files.add(join(this.#graphs.root, "node_modules/.package-lock.json"));
    this.#folders.watch(files);
  }
}

function importsOf(cell: Cell): readonly string[] {
  if (!cell.source.includes("import")) return [];
  const { imports, dynamicImports = [] } = compile(cell);
  return [...imports, ...dynamicImports];
}
