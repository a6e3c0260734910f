import { compile } from "../notebook/compiler/compile.ts";
import type { TableColumn } from "../notebook/display/output.ts";
import { type Cell, type Notebook, toCell } from "../notebook/document/notebook.ts";
import type { LanguageServer } from "./lsp.ts";
import type { LanguageProject } from "./project.ts";
import { type CellFacts, codeOf, factsOf, type Origin, virtualFile } from "./virtual-file.ts";

/** No cell has it: they count from 1. */
const scratchId = 0;

/** The cells of one notebook as files of the language server, kept in step with the notebook. */
export class NotebookFiles {
  readonly path: string;
  readonly #project: LanguageProject;
  readonly #server: LanguageServer;
  #facts: ReadonlyMap<number, CellFacts> = new Map();
  /** Cell that defines a name; of a name that several define, none. */
  #definers: ReadonlyMap<string, number> = new Map();
  #signature = "";
  readonly #columns = new Map<number, readonly TableColumn[]>();

  constructor(path: string, project: LanguageProject, server: LanguageServer) {
    this.path = path;
    this.#project = project;
    this.#server = server;
  }

  /** Takes over the notebook's present text. @returns cells whose file changed */
  update(notebook: Notebook): number[] {
    const facts = new Map(notebook.cells.map((cell) => [cell.id, this.#factsOf(cell)]));
    const changed = new Set(
      notebook.cells.filter((cell) => facts.get(cell.id) !== this.#facts.get(cell.id)).map(({ id }) => id),
    );
    for (const id of this.#facts.keys()) if (!facts.has(id)) this.#remove(id);
    this.#facts = facts;
    this.#definers = definersOf(facts.values());
    const signature = JSON.stringify(
      [...facts].map(([id, { outputs, types, declared }]) => [id, outputs, types, [...declared]]),
    );
    if (signature !== this.#signature) for (const id of facts.keys()) changed.add(id);
    this.#signature = signature;
    for (const id of changed) this.#write(id);
    return [...changed];
  }

  /** What is known of the result of a SQL cell. @returns whether that is news */
  setColumns(cell: number, columns: readonly TableColumn[] | null): boolean {
    const before = this.#columns.get(cell) ?? null;
    if (JSON.stringify(before) === JSON.stringify(columns)) return false;
    if (columns) this.#columns.set(cell, columns);
    else this.#columns.delete(cell);
    this.#write(cell);
    return true;
  }

  cell(id: number): Cell | undefined {
    return this.#facts.get(id)?.cell;
  }

  get cells(): Cell[] {
    return [...this.#facts.values()].map(({ cell }) => cell);
  }

  /** The file of a cell. */
  file(id: number): string {
    return this.#project.cell(this.path, id);
  }

  /** A file of its own with what a cell's has, to ask something about it. */
  beside(id: number): { readonly path: string; readonly text: string } {
    return { path: this.#project.cell(this.path, -id), text: this.#text(id) };
  }

  /** A file of its own that sees all cells' names and has this code in it. @returns its path and text */
  scratch(code: string): { readonly path: string; readonly text: string } {
    const cell = toCell({ id: scratchId, source: code });
    const facts = factsOf(cell, compile(cell));
    const text = virtualFile(facts, (name) => this.#origin(name, scratchId), null);
    return { path: this.#project.cell(this.path, scratchId), text };
  }

  /** A file of its own with what a cell's would have if its text were another. */
  foreseen(id: number, source: string): { readonly path: string; readonly text: string } {
    const now = this.#facts.get(id);
    const cell = toCell({ ...now?.cell, id, source });
    const facts = factsOf(cell, compile(cell), now);
    const text = virtualFile(facts, (name) => this.#origin(name, id), this.#columns.get(id) ?? null);
    return { path: this.#project.cell(this.path, -id), text };
  }

  /** Cell that defines a name, of a value or a type. */
  definer(name: string): number | undefined {
    return this.#definers.get(name);
  }

  /** Names of values that one cell defines, each with it. */
  get values(): [name: string, definer: number][] {
    return [...this.#definers].filter(([name, definer]) => this.#facts.get(definer)?.outputs.includes(name));
  }

  /** The names that a cell can use of the others. */
  namesFor(id: number): ReadonlyMap<string, number> {
    return new Map([...this.#definers].filter(([, definer]) => definer !== id));
  }

  /** Cells that may see names of this one, directly or through others. */
  dependents(id: number): Set<number> {
    const found = new Set<number>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const facts = this.#facts.get(next);
      const names = [...(facts?.outputs ?? []), ...(facts?.types ?? [])];
      for (const user of this.#usersOf(names, next)) {
        if (found.has(user)) continue;
        found.add(user);
        open.push(user);
      }
    }
    return found;
  }

  close(): void {
    for (const id of this.#facts.keys()) this.#remove(id);
    this.#facts = new Map();
  }

  #usersOf(names: readonly string[], definer: number): number[] {
    const users: number[] = [];
    for (const [id, { cell }] of this.#facts)
      if (id !== definer && names.some((name) => codeOf(cell).includes(name))) users.push(id);
    return users;
  }

  #factsOf(cell: Cell): CellFacts {
    const before = this.#facts.get(cell.id);
    return before?.cell === cell ? before : factsOf(cell, compile(cell), before);
  }

  #write(id: number): void {
    if (this.#facts.has(id)) this.#server.write(this.file(id), this.#text(id));
  }

  #text(id: number): string {
    const facts = this.#facts.get(id);
    return facts ? virtualFile(facts, (name) => this.#origin(name, id), this.#columns.get(id) ?? null) : "";
  }

  #remove(id: number): void {
    this.#columns.delete(id);
    this.#server.remove(this.file(id));
  }

  #origin(name: string, user: number): Origin | undefined {
    const definer = this.#definers.get(name);
    const facts = definer === undefined ? undefined : this.#facts.get(definer);
    if (!facts || definer === undefined || definer === user) return undefined;
    const kind = facts.types.includes(name) ? "type" : facts.declared.has(name) ? "declared" : "value";
    return { module: this.#project.module(this.path, definer), kind };
  }
}

function definersOf(all: Iterable<CellFacts>): Map<string, number> {
  const definers = new Map<string, number>();
  const twice = new Set<string>();
  for (const { cell, outputs, types } of all)
    for (const name of new Set([...outputs, ...types])) {
      if (definers.has(name)) twice.add(name);
      definers.set(name, cell.id);
    }
  for (const name of twice) definers.delete(name);
  return definers;
}
