import { type CellSource, codeOf } from "./code-of.ts";
import { readTemplate } from "./holes.ts";
import { type Place, placeOf } from "./place.ts";
import { type AnyNode, everyNode } from "./syntax.ts";

/** A character of a template: `offset` characters into its string number `piece`, both from 0. */
export interface TemplateOffset {
  readonly piece: number;
  readonly offset: number;
}

/**
 * Where a character of a template stands in the cell that has this template, as its whole text or as a tagged template
 * in its code. Undefined when the cell has none such, or writes it with escapes.
 */
export function placeInTemplate(
  cell: CellSource,
  strings: readonly string[],
  at: TemplateOffset,
): Place | undefined {
  try {
    const offset = inWholeText(cell, strings, at) ?? inTag(cell, strings, at);
    return offset === undefined ? undefined : placeOf(cell.source, offset);
  } catch {
    return undefined;
  }
}

function inWholeText(
  { mode, source }: CellSource,
  strings: readonly string[],
  { piece, offset }: TemplateOffset,
): number | undefined {
  if (mode !== "sql") return undefined;
  const template = readTemplate(source);
  if (!same(template.strings, strings)) return undefined;
  const start = template.starts[piece] ?? 0;
  return start + offset + lostBefore(source.slice(start), offset);
}

/** How many backslashes of `\${` are left out of the first characters of a text. */
function lostBefore(text: string, offset: number): number {
  let lost = 0;
  for (const found of text.matchAll(/(\\*)\$\{/g)) {
    const slashes = found[1]?.length ?? 0;
    if (slashes % 2 === 0) continue;
    if (found.index + slashes - 1 - lost >= offset) break;
    lost++;
  }
  return lost;
}

function inTag(
  cell: CellSource,
  strings: readonly string[],
  { piece, offset }: TemplateOffset,
): number | undefined {
  for (const root of codeOf(cell)) {
    for (const node of everyNode(root)) {
      const quasis = quasisOf(node);
      const texts = quasis.map(({ value }) => value.cooked ?? "");
      if (quasis.length === 0 || !same(texts, strings)) continue;
      const quasi = quasis[piece];
      return quasi && quasi.value.raw === quasi.value.cooked ? quasi.start + offset : undefined;
    }
  }
  return undefined;
}

function quasisOf(node: AnyNode) {
  return node.type === "TaggedTemplateExpression" ? node.quasi.quasis : [];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
