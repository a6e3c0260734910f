import { createHash } from "node:crypto";
import { type Cell, placeOf } from "../notebook/document/notebook.ts";

/** Changes with everything that a cell's outputs depend on, as far as the cell itself tells. */
export function codeHash(cell: Cell): string {
  const facts = [cell.source, cell.mode, placeOf(cell), cell.output, cell.database, cell.format];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}
