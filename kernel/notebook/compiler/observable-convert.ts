import type { ObservableCell } from "@observablehq/parser";
import type { Cell } from "../document/notebook.ts";
import { compile } from "./compile.ts";
import { readObservable } from "./observable.ts";
import { type AnyNode, everyNode } from "./syntax.ts";
import { skipTrivia } from "./trivia.ts";

/**
 * The TypeScript of a cell of Observable's JavaScript that gives and shows the same; null where none is as plain:
 * what imports, may yield, changes a mutable, or looks at `this` or at a view's element.
 * @param others all cells of the notebook: a view whose element one of them uses stays
 */
export function toTypeScript(cell: Cell, others: readonly Cell[]): string | null {
  const text = cell.mode === "ojs" ? converted(cell) : null;
  if (text === null) return null;
  const [before, after] = [compile(cell), compile({ ...cell, mode: "ts", source: text })];
  const element = before.outputs.find((name) => name.startsWith("viewof$"));
  if (element && others.some((other) => other.id !== cell.id && compile(other).inputs.includes(element)))
    return null;
  const given = before.outputs.filter((name) => name !== element);
  const same = !after.failure && isSame(used(before), used(after)) && isSame(given, after.outputs);
  return same ? text : null;
}

/** Names that stand for what the runtime follows, so that showing it would take values from the other cells. */
const followed = new Set(["Generators", "Mutable", "now", "width", "view", "display"]);

function converted({ source, hidden }: Cell): string | null {
  const cell = readable(source);
  const { body } = cell ?? {};
  if (!cell || !body || body.type === "ImportDeclaration" || !isPlain(cell)) return null;
  const first = skipTrivia(source, 0);
  const around = source.slice(cell.id?.end ?? first, body.start);
  const end = /^[\s);]*/.exec(source.slice(body.end))?.[0].length ?? 0;
  const tail = source.slice(body.end + end);
  const isBare = isDeclaration(cell) || /^[\s(=]*$/.test(around);
  if (!isBare || skipTrivia(tail, 0) < tail.length) return null;
  const code = statement(cell, codeOf(cell, source.slice(body.start, body.end)), hidden);
  return source.slice(0, first) + code + (tail === "" ? "" : `\n${tail}`);
}

function readable(source: string): ObservableCell | null {
  try {
    return readObservable(source);
  } catch {
    return null;
  }
}

function isPlain({ id, body, references, generator }: ObservableCell): boolean {
  if (id?.type === "MutableExpression" || (generator && id)) return false;
  if (references.some((reference) => reference.type !== "Identifier" || followed.has(reference.name)))
    return false;
  return [...everyNode(body as AnyNode)].every(({ type }) => type !== "ThisExpression");
}

function codeOf({ body, async, generator }: ObservableCell, text: string): string {
  if (body?.type === "SequenceExpression") return `(${text})`;
  if (body?.type !== "BlockStatement") return text;
  if (generator) return `(${async ? "async " : ""}function* () ${text})()`;
  return async ? `await (async () => ${text})()` : `(() => ${text})()`;
}

/** `function f() {}` and `class A {}`, which are their own names. */
function isDeclaration({ id, body }: ObservableCell): boolean {
  return (body?.type === "FunctionExpression" || body?.type === "ClassExpression") && body.id === id;
}

function statement(cell: ObservableCell, code: string, hidden: boolean): string {
  const { id } = cell;
  if (!id || isDeclaration(cell)) return code;
  if (id.type !== "Identifier") return `const ${id.id.name} = view(${code});`;
  return hidden ? `const ${id.name} = ${code};` : `const ${id.name} = display(${code});`;
}

const own = new Set(["display", "view", "$ojs"]);

function used({ inputs }: { readonly inputs: readonly string[] }): string[] {
  return inputs.filter((name) => !own.has(name)).sort();
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
