import type { Node } from "acorn";
import type { UserError } from "../errors.ts";
import { syntaxFailure } from "./syntax-failure.ts";

export const exportRemedy = "leave it out: every top-level name is already visible to the other cells";

/** A cell exports nothing: its names are the notebook's. */
export function refuseExport(node: Node, source: string): UserError | null {
  if (!node.type.startsWith("Export")) return null;
  return syntaxFailure(source, node.start, "export cannot be used in a cell", exportRemedy);
}
