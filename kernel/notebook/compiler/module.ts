/** Compiles a module file: types are blanked in place, so that lines and columns stay the author's. */
import type {
  ExportAllDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  Literal,
  Program,
} from "acorn";
import { UserError } from "../errors.ts";
import { freshName } from "./emit.ts";
import { dynamicImports, renameImport } from "./imports.ts";
import { Overlay } from "./overlay.ts";
import { parseCode } from "./parse.ts";
import { type Place, placeOf } from "./place.ts";
import { readJavaScript, readTypeScript } from "./read.ts";
import { type AnyNode, everyNode } from "./syntax.ts";

/** A static import or re-export of a module. */
export interface ModuleImport extends Place {
  readonly specifier: string;
  /** Exports that it takes by name, `default` among them. */
  readonly names: readonly string[];
  /** `* as name`: it takes the whole module. `* from`: it passes all of it on. */
  readonly whole: "no" | "as" | "from";
  /** Import attribute `type`. */
  readonly as: string | null;
}

/** Where an import is to be had. */
export interface Address {
  readonly url: string;
  /** The whole module is the default export of what the URL gives, as with CommonJS. */
  readonly wholeIsDefault?: boolean;
}

export interface CompiledModule {
  readonly imports: readonly ModuleImport[];
  /** Literal modules of dynamic imports. */
  readonly dynamic: readonly string[];
  /** Names that it exports itself; null if it also passes on those of other modules. */
  readonly exports: ReadonlySet<string> | null;
  /** The name, bound to nothing yet, that stands for `import` in dynamic imports and `import.meta`; null if none do. */
  readonly importName: string | null;
  /** The JavaScript with each import at its address. */
  link(address: (imported: ModuleImport) => Address): string;
}

type Declaration = ImportDeclaration | ExportNamedDeclaration | ExportAllDeclaration;

/**
 * @param keepImport leave dynamic imports and `import.meta` as they are, as in a bundle
 * @throws UserError kind "syntax" with line and column.
 */
export function compileModule(source: string, language: "ts" | "js", keepImport = false): CompiledModule {
  const text = new Overlay(source);
  const root = readRoot(text, language);
  const statements = (root.type === "Program" ? (root as Program).body : []) as AnyNode[];
  const declarations = statements.filter(isImporting);
  const word = freshName("$imprt", source);
  const dynamic = dynamicImports(root);
  const renamed = !keepImport && renameImport(root, text, word);
  const imports = declarations.map((node) => importOf(node, source));
  return {
    imports,
    dynamic,
    exports: exportsOf(statements),
    importName: renamed ? word : null,
    link(address) {
      const edits = declarations.flatMap((node, index) =>
        linkEdits(node, address(imports[index] as ModuleImport)),
      );
      return applyEdits(text.toString(), edits);
    },
  };
}

function readRoot(text: Overlay, language: "ts" | "js"): AnyNode {
  try {
    return language === "ts"
      ? readTypeScript(text, parseCode, "module").root
      : readJavaScript(text, parseCode).root;
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const { failure } = thrown;
    const message = failure.message.replace(/^the cell\b/, "the module");
    const remedy = failure.remedy?.includes("mode to ts") ? "name the file .ts" : failure.remedy;
    throw new UserError({ ...failure, message, ...(remedy === undefined ? {} : { remedy }) });
  }
}

function isImporting(node: AnyNode): node is Declaration {
  if (node.type === "ExportNamedDeclaration") return Boolean(node.source);
  return node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration";
}

function importOf(node: Declaration, source: string): ModuleImport {
  return {
    specifier: String(node.source?.value),
    names: node.type === "ExportAllDeclaration" ? [] : node.specifiers.flatMap(takenName),
    whole: wholeOf(node),
    as: attributeOf(node),
    ...placeOf(source, node.start),
  };
}

function takenName(node: (ImportDeclaration | ExportNamedDeclaration)["specifiers"][number]): string[] {
  switch (node.type) {
    case "ImportDefaultSpecifier":
      return ["default"];
    case "ImportNamespaceSpecifier":
      return [];
    case "ImportSpecifier":
      return [nameOf(node.imported)];
    case "ExportSpecifier":
      return [nameOf(node.local)];
  }
}

function wholeOf(node: Declaration): ModuleImport["whole"] {
  if (node.type === "ExportAllDeclaration") return node.exported ? "as" : "from";
  return node.specifiers.some(({ type }) => type === "ImportNamespaceSpecifier") ? "as" : "no";
}

function attributeOf(node: Declaration): string | null {
  const found = (node.attributes ?? []).find(({ key }) => nameOf(key) === "type");
  return found ? String(found.value.value) : null;
}

function nameOf(node: { type: "Identifier"; name: string } | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

function exportsOf(statements: readonly AnyNode[]): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const node of statements) {
    if (node.type === "ExportAllDeclaration" && !node.exported) return null;
    for (const name of exportedNames(node)) names.add(name);
  }
  return names;
}

function exportedNames(node: AnyNode): string[] {
  if (node.type === "ExportDefaultDeclaration") return ["default"];
  if (node.type === "ExportAllDeclaration") return node.exported ? [nameOf(node.exported)] : [];
  if (node.type !== "ExportNamedDeclaration") return [];
  const { declaration } = node;
  if (!declaration) return node.specifiers.map(({ exported }) => nameOf(exported));
  if (declaration.type !== "VariableDeclaration") return [declaration.id.name];
  return declaration.declarations.flatMap(({ id }) =>
    [...everyNode(id)].flatMap((part) => (part.type === "Identifier" ? [part.name] : [])),
  );
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The module's address for its name; attributes go, since what the address gives is JavaScript. */
function linkEdits(node: Declaration, { url, wholeIsDefault }: Address): Edit[] {
  const { source } = node;
  if (!source) return [];
  const attributes = node.attributes ?? [];
  const end = attributes.length > 0 ? node.end : source.end;
  const tail = attributes.length > 0 ? ";" : "";
  return [
    ...(wholeIsDefault ? wholeEdits(node) : []),
    { start: source.start, end, text: JSON.stringify(url) + tail },
  ];
}

/** `* as name` → `name`, `export * as name` → `export {default as name}`. */
function wholeEdits(node: Declaration): Edit[] {
  if (node.type === "ExportAllDeclaration" && node.exported) {
    const { start } = node;
    const { end } = node.exported;
    return [{ start, end, text: `export {default as ${nameOf(node.exported)}}` }];
  }
  if (node.type !== "ImportDeclaration") return [];
  const [first, second] = node.specifiers;
  const whole = second ?? first;
  if (whole?.type !== "ImportNamespaceSpecifier") return [];
  const name = whole.local.name;
  if (whole === first)
    return [{ start: whole.start, end: whole.end, text: name.padEnd(whole.end - whole.start) }];
  return [{ start: whole.start, end: whole.end, text: `{default as ${name}}` }];
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: put } of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}
