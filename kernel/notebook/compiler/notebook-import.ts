/** `import {x, y as z} from "./other.html"`: values of another notebook, which reach the body as inputs. */
import type { ImportDeclaration } from "acorn";
import { nameIn } from "./origin.ts";
import { placeOf } from "./place.ts";
import { syntaxFailure } from "./syntax-failure.ts";

export interface NotebookImport {
  /** As written. */
  readonly specifier: string;
  readonly names: readonly string[];
  readonly line: number;
  readonly column: number;
}

/** Notebooks by what imports call them. One that is not known is called that. */
export type Notebooks = Readonly<Record<string, string>>;

interface Binding {
  /** In the graph. */
  readonly input: string;
  /** Of the body. */
  readonly parameter: string;
  readonly local: string;
}

export interface NotebookImports {
  readonly imports: readonly NotebookImport[];
  readonly bindings: readonly Binding[];
}

export function isNotebook(specifier: string): boolean {
  return /^\.{1,2}\/.*\.html$/.test(specifier);
}

/** @param word a name that the text does not have @throws UserError for an import that takes no names. */
export function readNotebookImports(
  declarations: readonly ImportDeclaration[],
  source: string,
  notebooks: Notebooks,
  word: string,
): NotebookImports {
  const imports = declarations.map((node) => importOf(node, source));
  const taken = declarations.flatMap((node) =>
    node.specifiers.map(({ local }, index) => ({
      node,
      local: local.name,
      name: namesOf(node)[index] ?? "",
    })),
  );
  const bindings = taken.map(({ node, local, name }, index) => {
    const specifier = String(node.source.value);
    return { input: nameIn(notebooks[specifier] ?? specifier, name), parameter: `${word}${index}`, local };
  });
  return { imports, bindings };
}

function importOf(node: ImportDeclaration, source: string): NotebookImport {
  const whole = node.specifiers.some(({ type }) => type !== "ImportSpecifier");
  if (whole || node.specifiers.length === 0)
    throw syntaxFailure(
      source,
      node.start,
      "a notebook has no default export, and cannot be imported as a whole",
      `name what you need: import {name} from ${JSON.stringify(node.source.value)}`,
    );
  return { specifier: String(node.source.value), names: namesOf(node), ...placeOf(source, node.start) };
}

function namesOf({ specifiers }: ImportDeclaration): string[] {
  return specifiers.flatMap((node) => {
    if (node.type !== "ImportSpecifier") return [];
    return node.imported.type === "Identifier" ? node.imported.name : String(node.imported.value);
  });
}
