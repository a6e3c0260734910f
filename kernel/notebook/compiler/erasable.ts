import type { UserError } from "../errors.ts";
import { refuseExport } from "./exports.ts";
import type { TypedNode } from "./syntax.ts";
import { syntaxFailure } from "./syntax-failure.ts";

type Refusal = readonly [message: string, remedy: string];

/** TypeScript that is more than types: taking it away would change what the cell does. */
const refusals: Readonly<Record<string, Refusal>> = {
  TSEnumDeclaration: [
    "an enum cannot be used here: it is code made by the TypeScript compiler, not a type",
    'write const Color = {red: "red", blue: "blue"} as const; type Color = keyof typeof Color',
  ],
  TSModuleDeclaration: [
    "a namespace with values cannot be used here: it is code made by the TypeScript compiler",
    "write an object: const shapes = { … }",
  ],
  TSParameterProperty: [
    "a parameter property cannot be used here: it is code made by the TypeScript compiler",
    "declare a field in the class and assign it in the constructor: this.name = name",
  ],
  TSImportEqualsDeclaration: [
    "import = cannot be used here",
    'write import * as name from "module"; for a type: import type {Name} from "module"',
  ],
  TSTypeAssertion: ["a type assertion in angle brackets cannot be used here", "write value as Type"],
  TSExportAssignment: ["export = cannot be used here", "name the value: const name = …"],
  TSNamespaceExportDeclaration: ["export as namespace cannot be used here", "leave it out"],
  Decorator: [
    "decorators cannot be used here: JavaScript engines do not have them yet",
    "call the function: Name = decorate(Name)",
  ],
  Accessor: [
    "accessor fields cannot be used here: JavaScript engines do not have them yet",
    "write a get and a set method",
  ],
};

/** Why a node cannot be blanked, if it cannot. Nodes of types alone must be taken away before. */
export function refuse(node: TypedNode, source: string): UserError | null {
  return refuseTypescript(node, source) ?? refuseExport(node, source);
}

/** As `refuse`, where exports are allowed. */
export function refuseTypescript(node: TypedNode, source: string): UserError | null {
  const refusal = refusals[node.accessor ? "Accessor" : node.type];
  return refusal ? syntaxFailure(source, node.start, ...refusal) : null;
}

const typeOnly = new Set([
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSIndexSignature",
]);

/** Whether a statement or class member says nothing but types, so that it can be taken away whole. */
export function isTypeOnly(node: TypedNode): boolean {
  if (typeOnly.has(node.type) || node.declare) return true;
  if (node.type === "ImportDeclaration") return node.importKind === "type";
  if (node.type === "TSModuleDeclaration") return isTypeNamespace(node);
  return isTypeMember(node);
}

function isTypeMember(node: TypedNode): boolean {
  if (node.type === "MethodDefinition") return node.value?.type === "TSDeclareMethod";
  return node.type === "PropertyDefinition" && node.abstract === true;
}

function isTypeNamespace(node: TypedNode): boolean {
  const block = node.body;
  const members = block && "body" in block ? block.body : undefined;
  return (
    Array.isArray(members) && members.every((member: TypedNode) => isTypeOnly(member.declaration ?? member))
  );
}

/** `export interface A {}`, `export type {A}`, `export type * from "a"`. */
export function isTypeOnlyExport(node: TypedNode): boolean {
  if (!node.type.startsWith("Export")) return false;
  return node.exportKind === "type" || Boolean(node.declaration && isTypeOnly(node.declaration));
}
