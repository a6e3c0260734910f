/** One hash for all that a cell is given by other cells. */
import type { Program } from "./program.ts";
import { Hasher, hashValue, Unhashable } from "./value-hash.ts";

/** The hash, or in one sentence why there is none. */
export type InputsHash = { readonly hash: string } | { readonly why: string };

/** @param given gives the present value of a name that a cell defines, as its users get it */
export function inputsHash(program: Program, cell: number, given: (name: string) => unknown): InputsHash {
  let present = "";
  try {
    const hasher = new Hasher();
    for (const name of namesOf(program, cell)) {
      present = name;
      hasher.text(name);
      hashValue(hasher, given(name), () => originOf(program, name, given));
    }
    return { hash: hasher.digest() };
  } catch (error) {
    if (error instanceof RangeError) return { why: `its input ${present} is nested too deeply` };
    if (!(error instanceof Unhashable)) throw error;
    return { why: `its input ${present} is ${error.what}` };
  }
}

/** Names that other cells define, in an order that the author's text does not change. */
function namesOf(program: Program, cell: number): string[] {
  const inputs = program.graph.cell(cell)?.compiled.inputs ?? [];
  return inputs.filter((name) => program.graph.definer.has(name)).sort();
}

/** What stands for a function: the code that made it, and what that code used. */
function originOf(program: Program, name: string, given: (name: string) => unknown): string {
  const definer = program.graph.definer.get(name);
  const cell = definer === undefined ? undefined : program.graph.cell(definer)?.cell;
  if (definer === undefined || !cell) throw new Unhashable("a function of unknown origin");
  const used = inputsHash(program, definer, given);
  if ("why" in used) throw new Unhashable(`a function of cell ${definer}: ${used.why}`);
  return JSON.stringify([cell.mode, cell.source, used.hash]);
}
