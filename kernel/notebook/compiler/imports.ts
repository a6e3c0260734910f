import type { ImportDeclaration, Literal, Program } from "acorn";
import { isNotebook } from "./notebook-import.ts";
import type { Overlay } from "./overlay.ts";
import { placeOf } from "./place.ts";
import { type AnyNode, everyNode } from "./syntax.ts";

/** What `$import` is told about a static import, besides its module. */
export interface ImportOptions {
  /** Exports that the cell takes; none for `import "module"` and `import * as name`. */
  readonly names: readonly string[];
  /** Where the statement stands in the author's text. */
  readonly line: number;
  readonly column: number;
  /** Import attributes: `with {type: "json"}`. */
  readonly with?: Readonly<Record<string, string>>;
}

/** The statement that gets all static imports of a cell at once, before anything else of the cell runs. */
export interface Imports {
  readonly modules: readonly string[];
  readonly statement: string;
}

/** Takes the static imports out of a program's text. */
export function hoistImports(program: Program, text: Overlay): Imports {
  const all = program.body.filter((node) => node.type === "ImportDeclaration");
  for (const { start, end } of all) text.remove(start, end);
  const declarations = all.filter((node) => !isNotebook(moduleOf(node)));
  const parts = declarations.flatMap((node) => takeModule(node, text.source));
  const modules = [...new Set(declarations.map(moduleOf))];
  if (parts.length === 0) return { modules, statement: "" };
  const patterns = parts.map(({ pattern }) => pattern).join(", ");
  const calls = parts.map(({ call }) => call).join(", ");
  return { modules, statement: `const [${patterns}] = await Promise.all([${calls}]);` };
}

/** Modules that dynamic imports name literally, each once. */
export function dynamicImports(root: AnyNode): string[] {
  const names = [...everyNode(root)].flatMap((node) =>
    node.type === "ImportExpression" && node.source.type === "Literal" ? [String(node.source.value)] : [],
  );
  return [...new Set(names)];
}

/**
 * Replaces the word `import` of dynamic imports and of `import.meta` by another one of six letters, so that nothing
 * moves. Says whether there were any.
 */
export function renameImport(root: AnyNode, text: Overlay, word: string): boolean {
  let found = false;
  for (const node of everyNode(root)) {
    const isMeta = node.type === "MetaProperty" && node.meta.name === "import";
    if (node.type !== "ImportExpression" && !isMeta) continue;
    text.put(node.start, word);
    found = true;
  }
  return found;
}

interface Part {
  readonly pattern: string;
  readonly call: string;
}

/** `import a, * as b` needs two patterns for one module: `{default: a}` and `b`. */
function takeModule(node: ImportDeclaration, source: string): Part[] {
  const named = namedPattern(node);
  const spaces = node.specifiers.filter(({ type }) => type === "ImportNamespaceSpecifier");
  const patterns = [
    ...(named || spaces.length === 0 ? [named] : []),
    ...spaces.map(({ local }) => local.name),
  ];
  const call = `$import(${JSON.stringify(moduleOf(node))}, ${JSON.stringify(optionsOf(node, source))})`;
  return patterns.map((pattern) => ({ pattern, call }));
}

function namedPattern({ specifiers }: ImportDeclaration): string {
  const names = specifiers.flatMap((node) =>
    node.type === "ImportNamespaceSpecifier"
      ? []
      : [`${JSON.stringify(importedName(node))}: ${node.local.name}`],
  );
  return names.length > 0 ? `{${names.join(", ")}}` : "";
}

function importedName(node: ImportDeclaration["specifiers"][number]): string {
  if (node.type === "ImportDefaultSpecifier" || node.type === "ImportNamespaceSpecifier") return "default";
  return node.imported.type === "Identifier" ? node.imported.name : String(node.imported.value);
}

function optionsOf(node: ImportDeclaration, source: string): ImportOptions {
  const { specifiers, attributes, start } = node;
  const named = specifiers.filter(({ type }) => type !== "ImportNamespaceSpecifier");
  const pairs = (attributes ?? []).map(({ key, value }) => [nameOf(key), String(value.value)] as const);
  return {
    names: named.map(importedName),
    ...placeOf(source, start),
    ...(pairs.length > 0 ? { with: Object.fromEntries(pairs) } : {}),
  };
}

function nameOf(key: { type: "Identifier"; name: string } | Literal): string {
  return key.type === "Identifier" ? key.name : String(key.value);
}

function moduleOf(node: ImportDeclaration): string {
  return String(node.source.value);
}
