import type { NotebookImport, NotebookSpecifier } from "@observablehq/parser";
import type { CompiledCell } from "./compiled.ts";
import { failedCell, unique } from "./emit.ts";
import { syntaxFailure } from "./syntax-failure.ts";

/** A notebook's cell `import {x, viewof y, mutable z as w} with {a as b} from "…"`: names what it would define. */
export function compileNotebookImport(node: NotebookImport, source: string): CompiledCell {
  const from = String(node.source.value);
  const inputs = unique((node.injections ?? []).map(({ imported }) => imported.name));
  const [why, remedy] = /^\.{0,2}\//.test(from) ? local(from) : remote;
  const message = `notebook ${JSON.stringify(from)} cannot be imported${why}`;
  const { failure } = syntaxFailure(source, node.source.start, message, remedy);
  return failedCell({ ...failure, kind: "input" }, inputs, unique(node.specifiers.flatMap(namesOf)));
}

const remote = [
  ": it lies on observablehq.com, and cells fetch no code from there",
  "download that notebook (Export → Download as HTML) and copy the cells that you need",
] as const;

const local = (from: string) =>
  [
    " by a cell of Observable's JavaScript",
    `set the cell's language to TypeScript: import {name} from ${JSON.stringify(from)}`,
  ] as const;

/** The names that a specifier defines: `viewof x` is `viewof$x` and `x`. */
export function namesOf({ view, mutable, local }: NotebookSpecifier): string[] {
  const { name } = local;
  if (view) return [name, `viewof$${name}`];
  return mutable ? [name, `mutable$${name}`] : [name];
}
