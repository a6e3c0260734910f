import { UserError } from "../errors.ts";
import { blankTypes, type Unit } from "./blank-types.ts";
import { jsxFailure } from "./jsx.ts";
import type { Overlay } from "./overlay.ts";
import { type Language, typed } from "./parse.ts";
import { type AnyNode, everyNode } from "./syntax.ts";

/** Reads a part of a text, all of it or one `${…}`, as it was read with its types; throws a UserError. */
export type Read<R> = (source: string, language: Language, like?: R) => R;

interface WithRoot {
  readonly root: AnyNode;
}

/**
 * Reads TypeScript: blanks its types in `text` and gives the JavaScript tree of what is left. Text that is plain
 * JavaScript, as most cells are, is read once; the TypeScript parser only sees what needs it.
 */
export function readTypeScript<R extends WithRoot>(text: Overlay, read: Read<R>, unit: Unit = "cell"): R {
  const plain = attempt(() => read(text.source, "js"));
  if (plain.done && !mayHaveTypeArguments(plain.done.root)) return plain.done;
  const full = attempt(() => read(text.source, "ts"));
  if (full.done) {
    blankTypes(typed(full.done.root), text, unit);
    return read(text.toString(), "js", full.done);
  }
  if (plain.done) return plain.done;
  throw jsxFailure(text.source) ?? full.failure;
}

/** Reads JavaScript; says so when the text would be TypeScript. */
export function readJavaScript<R extends WithRoot>(text: Overlay, read: Read<R>): R {
  const plain = attempt(() => read(text.source, "js"));
  if (plain.failure === null) return plain.done;
  if (!attempt(() => read(text.source, "ts")).done) throw jsxFailure(text.source) ?? plain.failure;
  throw new UserError({
    ...plain.failure.failure,
    remedy: "types need a TypeScript cell: set its mode to ts",
  });
}

type Attempt<R extends object> =
  | { readonly done: R; readonly failure: null }
  | { readonly done: null; readonly failure: UserError };

function attempt<R extends object>(read: () => R): Attempt<R> {
  try {
    return { done: read(), failure: null };
  } catch (thrown) {
    if (thrown instanceof UserError) return { done: null, failure: thrown };
    throw thrown;
  }
}

/** `f<T>(x)` is two comparisons in JavaScript: only text without such a pair means the same in both languages. */
function mayHaveTypeArguments(root: AnyNode): boolean {
  const operators = new Set<string>();
  for (const node of everyNode(root)) if (node.type === "BinaryExpression") operators.add(node.operator);
  return (
    (operators.has("<") || operators.has("<<")) &&
    [">", ">>", ">>>"].some((operator) => operators.has(operator))
  );
}
