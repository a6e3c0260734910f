import type { NotebookImport, NotebookSpecifier } from "@observablehq/parser";
import type { CompiledCell } from "./compiled.ts";
import { failedCell, unique } from "./emit.ts";
import { syntaxFailure } from "./syntax-failure.ts";

/** A notebook's cell `import {x, viewof y, mutable z as w} with {a as b} from "…"`. */
export function compileNotebookImport(node: NotebookImport, source: string): CompiledCell {
  const from = String(node.source.value);
  const inputs = unique((node.injections ?? []).flatMap(({ imported }) => imported.name));
  const refusal = syntaxFailure(
    source,
    node.source.start,
    `notebook ${JSON.stringify(from)} cannot be imported: it lies on observablehq.com, and cells fetch no code from there`,
    "download that notebook (Export → Download as HTML) and copy the cells that you need",
  );
  return failedCell({ ...refusal.failure, kind: "input" }, inputs, unique(node.specifiers.flatMap(namesOf)));
}

/** The names that a specifier defines: `viewof x` is `viewof$x` and `x`. */
export function namesOf({ view, mutable, local }: NotebookSpecifier): string[] {
  const { name } = local;
  if (view) return [name, `viewof$${name}`];
  return mutable ? [name, `mutable$${name}`] : [name];
}
