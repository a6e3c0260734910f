import type { Failure } from "../errors.ts";
import type { CompiledCell } from "./compiled.ts";
import { globals } from "./globals.ts";
import type { Reference } from "./scope.ts";

/** Every body has one line before the author's first: positions can be told without knowing the cell. */
export const lineOffset = 1;

/** Cells are strict code, as modules are. */
export const opening = '"use strict";';

export function unique(names: Iterable<string>): string[] {
  return [...new Set(names)];
}

/** The names that a cell must be given, in order of first use. */
export function inputsOf(free: readonly Reference[]): string[] {
  return unique(free.map(({ name }) => name)).filter((name) => !globals.has(name));
}

/** A name as long as `name` that the text does not have. */
export function freshName(name: string, source: string): string {
  let fresh = name;
  for (let i = 0; source.includes(fresh); i++) {
    const digits = String(i);
    fresh = name.slice(0, Math.max(1, name.length - digits.length)) + digits;
  }
  return fresh;
}

/** A cell that cannot run. */
export function failedCell(
  failure: Failure,
  inputs: readonly string[] = [],
  outputs: readonly string[] = [],
): CompiledCell {
  return { inputs, outputs, body: "", lineOffset, imports: [], failure };
}
