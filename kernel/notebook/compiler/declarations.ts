import type { Identifier, Pattern, Program } from "acorn";
import type { UserError } from "../errors.ts";
import { globals, ownNames } from "./globals.ts";
import { syntaxFailure } from "./syntax-failure.ts";

/** The names that a program declares at its top level, in order: the cell's outputs. */
export function findDeclarations(program: Program): Identifier[] {
  const found: Identifier[] = [];
  for (const statement of program.body) {
    if (statement.type === "VariableDeclaration")
      for (const { id } of statement.declarations) collect(id, found);
    else if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
      found.push(statement.id as Identifier);
    else if (statement.type === "ImportDeclaration")
      for (const { local } of statement.specifiers) found.push(local);
  }
  return found;
}

/** Why a cell may not define a name, if it may not. */
export function refuseDeclaration({ name, start }: Identifier, source: string): UserError | null {
  const remedy = "choose another name";
  if (ownNames.has(name))
    return syntaxFailure(source, start, `${name} cannot be defined: every cell has its own`, remedy);
  if (globals.has(name))
    return syntaxFailure(source, start, `the global ${name} cannot be redefined`, remedy);
  return null;
}

function collect(pattern: Pattern, found: Identifier[]): void {
  switch (pattern.type) {
    case "Identifier":
      found.push(pattern);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties)
        collect(property.type === "Property" ? property.value : property.argument, found);
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) collect(element, found);
      return;
    case "RestElement":
      collect(pattern.argument, found);
      return;
    case "AssignmentPattern":
      collect(pattern.left, found);
  }
}
