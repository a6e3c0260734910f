import type { BinaryExpression, Program } from "acorn";
import type { UserError } from "../errors.ts";
import { refuseExport } from "./exports.ts";
import { globals, ownNames } from "./globals.ts";
import type { References } from "./references.ts";
import type { Reference } from "./scope.ts";
import { type AnyNode, everyNode } from "./syntax.ts";
import { syntaxFailure } from "./syntax-failure.ts";

/** The first thing in the code that is JavaScript, but that a cell cannot do. */
export function refuseCode(root: AnyNode, references: References, source: string): UserError | null {
  return refuseNodes(root, source) ?? refuseNames(root, references, source);
}

function refuseNodes(root: AnyNode, source: string): UserError | null {
  for (const node of everyNode(root)) {
    const exported = refuseExport(node, source);
    if (exported) return exported;
    if (node.type === "VariableDeclaration" && node.kind.endsWith("using")) return refuseUsing(node, source);
    if (node.type === "BinaryExpression" && isHtmlComment(node, source)) return refuseComment(node, source);
  }
  return null;
}

function refuseUsing(node: AnyNode, source: string): UserError {
  const remedy = "write const, and dispose of it in try { … } finally { … } or await invalidation";
  return syntaxFailure(source, node.start, "using cannot be used here: not all engines have it", remedy);
}

/** `a<!--b` starts a comment in a function's body, although it does not in a module. */
function isHtmlComment(node: BinaryExpression, source: string): boolean {
  return node.operator === "<" && source.slice(node.right.start - 1, node.right.start + 3) === "<!--";
}

function refuseComment(node: BinaryExpression, source: string): UserError {
  return syntaxFailure(source, node.right.start - 1, "<!-- starts a comment here", "put a space after <");
}

function refuseNames(root: AnyNode, { own, free }: References, source: string): UserError | null {
  const imported = new Set(root.type === "Program" ? importedNames(root) : []);
  const stray = free.find(({ name, write }) => write || name === "arguments");
  if (stray) return refuseStray(stray, source);
  const changed = own.find(({ name, write }) => write && imported.has(name));
  return changed ? refuseImported(changed, source) : null;
}

function refuseStray({ name, start }: Reference, source: string): UserError {
  if (name === "arguments")
    return syntaxFailure(
      source,
      start,
      "arguments only exists inside a function",
      "name the values you need",
    );
  if (globals.has(name) || ownNames.has(name))
    return syntaxFailure(source, start, `cannot assign to the global ${name}`, "choose another name");
  return syntaxFailure(
    source,
    start,
    `cannot assign to ${name}: this cell does not define it`,
    `declare it here (let ${name} = …), or make it a Mutable where it is defined`,
  );
}

function refuseImported({ name, start }: Reference, source: string): UserError {
  const remedy = "assign to a name of your own: let copy = …";
  return syntaxFailure(source, start, `cannot assign to ${name}: it is imported`, remedy);
}

function importedNames(program: Program): string[] {
  return program.body.flatMap((statement) =>
    statement.type === "ImportDeclaration" ? statement.specifiers.map(({ local }) => local.name) : [],
  );
}
