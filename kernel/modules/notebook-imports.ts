/**
 * Imports of values of other notebooks. The cells that an import needs, with all that they need, join the program as
 * cells of their own: a private copy under names that no cell can write (compiler/origin.ts), which shows nothing. So
 * both places, the bridge between them, failures and runs without a page treat them like any other cell:
 *
 *   cell 1: import {x} from "./other.html"   →  its input is "x of notebooks/other.html"
 *   cell 3 of other.html defines x = y + 1   →  a cell that defines "x of notebooks/other.html" from "y of …"
 *   cell 2 of other.html defines y           →  a cell that defines "y of …"
 */
import { readFileSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { compile } from "../notebook/compiler/compile.ts";
import type { CompiledCell } from "../notebook/compiler/compiled.ts";
import type { NotebookImport } from "../notebook/compiler/notebook-import.ts";
import { parseNotebook } from "../notebook/document/file.ts";
import type { Cell } from "../notebook/document/notebook.ts";
import { importedId, type RunCell } from "../notebook/document/run-cell.ts";
import { inputError, nearest, toFailure, UserError } from "../notebook/errors.ts";
import { moduleFile, nameInside, stamp } from "./workspace-file.ts";

export interface Expansion {
  /** The given cells and the imported ones, in this order. A cell that is as it was is the same object. */
  readonly cells: ReadonlyMap<number, RunCell>;
  /** Notebook files on whose content or existence the imports depend. */
  readonly files: ReadonlySet<string>;
  /** Notebooks that cells import from and that may not run. Paths relative to the workspace. */
  readonly untrusted: ReadonlySet<string>;
}

interface OtherNotebook {
  readonly stamp: string;
  readonly file: string;
  /** Relative to the workspace. */
  readonly name: string;
  readonly text: string;
  readonly cells: ReadonlyMap<number, { readonly cell: Cell; readonly compiled: CompiledCell }>;
  readonly definers: ReadonlyMap<string, readonly number[]>;
}

/** What one look at all imports has found. */
interface Look {
  readonly imported: Map<number, RunCell>;
  readonly files: Set<string>;
  readonly untrusted: Set<string>;
}

export class NotebookImports {
  readonly #root: string;
  readonly #isTrusted: (text: string) => boolean;
  readonly #ids = new Map<string, number>();
  readonly #others = new Map<string, OtherNotebook>();
  readonly #made = new Map<number, { readonly told: string; readonly made: RunCell }>();

  /** @param isTrusted whether cells of a notebook with this text may run */
  constructor(root: string, isTrusted: (text: string) => boolean) {
    this.#root = realpathSync(root);
    this.#isTrusted = isTrusted;
  }

  /** @param notebook absolute path of the one that the cells are of */
  expand(cells: Iterable<Cell>, notebook: string): Expansion {
    const look: Look = { imported: new Map(), files: new Set(), untrusted: new Set() };
    const own = new Map<number, RunCell>();
    for (const cell of cells) own.set(cell.id, this.#withImports(cell, cell, notebook, [notebook], look));
    for (const [id, cell] of look.imported) own.set(id, cell);
    return { cells: own, files: look.files, untrusted: look.untrusted };
  }

  #withImports(cell: Cell, as: RunCell, from: string, trail: readonly string[], look: Look): RunCell {
    if (!cell.source.includes(".html")) return this.#same(cell, as);
    const { notebookImports = [] } = compile(cell);
    if (notebookImports.length === 0) return this.#same(cell, as);
    const notebooks: Record<string, string> = {};
    try {
      for (const each of notebookImports) notebooks[each.specifier] = this.#follow(each, from, trail, look);
      return this.#same(cell, { ...as, notebooks });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return this.#same(cell, { ...as, notebooks, refusal: error.failure });
    }
  }

  /** Takes in what an import names; gives the notebook's name. */
  #follow(wanted: NotebookImport, from: string, trail: readonly string[], look: Look): string {
    try {
      const path = resolve(dirname(from), wanted.specifier);
      look.files.add(path);
      const other = this.#open(moduleFile(path, this.#root, wanted.specifier));
      if (trail.includes(other.file)) throw this.#circle([...trail, other.file]);
      if (!this.#isTrusted(other.text)) {
        look.untrusted.add(other.name);
        throw untrusted(other.name);
      }
      for (const name of wanted.names) {
        const definers = other.definers.get(name);
        if (!definers) throw unknownName(name, other);
        for (const id of definers) this.#include(id, other, [...trail, other.file], look);
      }
      return other.name;
    } catch (error) {
      const { line, column } = wanted;
      throw error instanceof UserError ? new UserError({ ...error.failure, line, column }) : error;
    }
  }

  #include(id: number, other: OtherNotebook, trail: readonly string[], look: Look): void {
    const found = other.cells.get(id);
    const as = this.#idOf(other.name, id);
    if (!found || look.imported.has(as)) return;
    const { cell, compiled } = found;
    const folder = nameInside(dirname(trail[0] ?? other.file), dirname(other.file));
    const origin = { notebook: other.name, folder, cell: id };
    look.imported.set(as, cell);
    const base: RunCell = { ...cell, id: as, run: cell.run === "off" ? "off" : "auto", origin };
    for (const name of compiled.inputs)
      for (const definer of other.definers.get(name) ?? []) this.#include(definer, other, trail, look);
    look.imported.set(as, this.#withImports(cell, base, other.file, trail, look));
  }

  #open(file: string): OtherNotebook {
    const now = stamp(file);
    const known = this.#others.get(file);
    if (known?.stamp === now) return known;
    const other = read(file, nameInside(this.#root, file), now);
    this.#others.set(file, other);
    return other;
  }

  #circle(files: readonly string[]): UserError {
    const names = files.map((file) => nameInside(this.#root, file));
    return inputError(
      `notebooks import each other: ${names.join(" → ")}`,
      "move what both need into a third notebook, or into a module",
    );
  }

  #idOf(notebook: string, cell: number): number {
    const key = `${notebook} ${cell}`;
    const id = this.#ids.get(key) ?? importedId(this.#ids.size);
    this.#ids.set(key, id);
    return id;
  }

  /** The cell of last time, if nothing about it is new. */
  #same(cell: Cell, made: RunCell): RunCell {
    if (made === cell) return cell;
    const told = JSON.stringify(made);
    const known = this.#made.get(made.id);
    if (known?.told === told) return known.made;
    this.#made.set(made.id, { told, made });
    return made;
  }
}

/** @throws UserError that names the notebook, when it cannot be read. */
function read(file: string, name: string, now: string): OtherNotebook {
  const text = readFileSync(file, "utf8");
  try {
    const { cells } = parseNotebook(text, { strictlyDecoded: true });
    const compiled = cells.map((cell) => [cell.id, { cell, compiled: compile(cell) }] as const);
    const definers = new Map<string, number[]>();
    for (const [id, each] of compiled)
      for (const output of each.compiled.outputs) definers.set(output, [...(definers.get(output) ?? []), id]);
    return { stamp: now, file, name, text, cells: new Map(compiled), definers };
  } catch (error) {
    if (error instanceof UserError)
      throw inputError(`${name}: ${toFailure(error).message}`, error.failure.remedy);
    throw error;
  }
}

function untrusted(name: string): UserError {
  return inputError(
    `${name} did not come from you, so nothing of it runs`,
    "open it, read it, and trust it to run it",
  );
}

function unknownName(name: string, { name: notebook, definers, cells }: OtherNotebook): UserError {
  const broken = [...cells].find(([, { compiled }]) => compiled.failure && compiled.outputs.length === 0);
  const meant = nearest(name, definers.keys());
  const names = [...definers.keys()].slice(0, 8).join(", ");
  const remedy = meant
    ? `did you mean ${meant}?`
    : names === ""
      ? "it defines no names"
      : `it defines ${names}`;
  const why = broken ? ` (its cell ${broken[0]} cannot be read: ${broken[1].compiled.failure?.message})` : "";
  return inputError(`${notebook} defines no name ${name}${why}`, remedy);
}
