import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";
import type { UserError } from "../errors.ts";
import { everyNode } from "./syntax.ts";
import { syntaxFailure } from "./syntax-failure.ts";

const JsxParser = Parser.extend(tsPlugin({ jsx: true }));

/** The failure to tell of when a text cannot be read because it has JSX in it; null when that is not why. */
export function jsxFailure(source: string): UserError | null {
  if (!/<[\w>]/.test(source)) return null;
  try {
    const root = JsxParser.parse(source, { ecmaVersion: "latest", sourceType: "module", locations: true });
    const start = firstJsx([...everyNode(root)]);
    if (start === null) return null;
    return syntaxFailure(source, start, "JSX cannot be used in a cell", "write html`<p>…</p>`");
  } catch {
    return null;
  }
}

function firstJsx(nodes: readonly { readonly type: string; readonly start: number }[]): number | null {
  const starts = nodes.filter(({ type }) => type.startsWith("JSX")).map(({ start }) => start);
  return starts.length > 0 ? Math.min(...starts) : null;
}
