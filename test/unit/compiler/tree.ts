import { parse } from "acorn";
import { parseCode } from "../../../kernel/notebook/compiler/parse.ts";

/** The tree of a program without positions, empty statements and spellings: equal for programs that mean the same. */
export function treeOf(source: string): unknown {
  return cleaned(
    parse(source, { ecmaVersion: "latest", sourceType: "module", allowReturnOutsideFunction: true }),
  );
}

/** As `treeOf`, for a cell. */
export function treeOfCell(source: string): unknown {
  return cleaned(parseCode(source, "js").root);
}

const spellings = new Set(["start", "end", "raw", "loc", "directive"]);

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isEmpty(item)).map(cleaned);
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  const entries = Object.entries(value).filter(([key]) => !spellings.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, cleaned(inner)]));
}

function isEmpty(node: unknown): boolean {
  return typeof node === "object" && node !== null && "type" in node && node.type === "EmptyStatement";
}
