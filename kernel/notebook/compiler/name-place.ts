import { codeOf } from "./code-of.ts";
import type { CellText } from "./compile.ts";
import { graphName, readObservable } from "./observable.ts";
import { type Place, placeOf } from "./place.ts";
import { findReferences } from "./references.ts";

/** Where a cell first uses a name of others; undefined when it does not, or cannot be read. */
export function placeOfName(cell: Pick<CellText, "mode" | "source">, name: string): Place | undefined {
  try {
    const first = usesIn(cell).find((use) => use.name === name);
    return first ? placeOf(cell.source, first.start) : undefined;
  } catch {
    return undefined;
  }
}

function usesIn(cell: Pick<CellText, "mode" | "source">): readonly { name: string; start: number }[] {
  if (cell.mode === "ojs")
    return readObservable(cell.source).references.map((use) => ({ name: graphName(use), start: use.start }));
  return codeOf(cell).flatMap((root) => findReferences(root).free);
}
