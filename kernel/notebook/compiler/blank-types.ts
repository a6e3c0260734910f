import { isTypeOnly, isTypeOnlyExport, refuse, refuseTypescript } from "./erasable.ts";
import type { Overlay } from "./overlay.ts";
import { eachChild, type TypedNode } from "./syntax.ts";
import { nameEnd, skipTrivia, wordAt } from "./trivia.ts";

/** A cell exports nothing; a module does. */
export type Unit = "cell" | "module";

/** Blanks the types of a TypeScript tree. Throws a UserError on TypeScript that is more than types. */
export function blankTypes(root: TypedNode, text: Overlay, unit: Unit = "cell"): void {
  visit(root, null, text, unit);
}

function visit(node: TypedNode, parent: TypedNode | null, text: Overlay, unit: Unit): void {
  if (isTypeOnly(node) || (unit === "module" && isTypeOnlyExport(node))) {
    text.remove(node.start, node.end);
    return;
  }
  const refusal = (unit === "module" ? refuseTypescript : refuse)(node, text.source);
  if (refusal) throw refusal;
  rules[node.type]?.(node, text);
  blankAnnotations(node, text);
  eachChild(node, (child) => {
    if (!isType(child)) visit(child, node, text, unit);
  });
  if (endsWithoutSemicolon(node, parent, text)) text.put(node.end - 1, ";");
}

/** TS nodes that hold an expression, or that are refused when reached. All others are types. */
const visited = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSInstantiationExpression",
  "TSTypeAssertion",
  "TSParameterProperty",
  "TSEnumDeclaration",
  "TSModuleDeclaration",
  "TSImportEqualsDeclaration",
  "TSExportAssignment",
  "TSNamespaceExportDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSIndexSignature",
]);

function isType(node: TypedNode): boolean {
  return node.type.startsWith("TS") && !visited.has(node.type);
}

type Rule = (node: TypedNode, text: Overlay) => void;

const rules: Readonly<Record<string, Rule>> = {
  TSAsExpression: blankAs,
  TSSatisfiesExpression: blankAs,
  TSNonNullExpression: (node, text) => text.blank(node.end - 1, node.end),
  ArrowFunctionExpression: closeArrow,
  FunctionDeclaration: blankThis,
  FunctionExpression: blankThis,
  ClassDeclaration: blankClassHead,
  ClassExpression: blankClassHead,
  PropertyDefinition: blankModifiers,
  MethodDefinition: blankModifiers,
  ImportDeclaration: blankTypeSpecifiers,
  ExportNamedDeclaration: blankTypeSpecifiers,
  VariableDeclarator: blankDefinite,
};

/** What may hang on any node: `: Type`, `<Type>`, and the `?` of an optional parameter. */
function blankAnnotations(node: TypedNode, text: Overlay): void {
  const { typeAnnotation, returnType, typeParameters, typeArguments, superTypeParameters } = node;
  const cast = node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression";
  for (const part of [
    cast ? undefined : typeAnnotation,
    returnType,
    typeParameters,
    typeArguments,
    superTypeParameters,
  ])
    if (part) text.blank(part.start, part.end);
  if (node.type === "Identifier" && node.optional) blankMark(nameEnd(text.source, node.start), text);
}

/** Blanks a `?` or `!` after `at`, if it is the next character. */
function blankMark(at: number, text: Overlay): void {
  const mark = skipTrivia(text.source, at);
  if (/[?!]/.test(text.source.charAt(mark))) text.blank(mark, mark + 1);
}

function blankAs(node: TypedNode, text: Overlay): void {
  if (typeof node.expression !== "object") return;
  let at = skipTrivia(text.source, node.expression.end);
  while (text.source.charAt(at) === ")") at = skipTrivia(text.source, at + 1);
  text.blank(at, node.end);
}

/**
 * A line break must not come between the parentheses of an arrow function and its `=>`, nor between `return` or
 * `async` and its first parenthesis: where a blanked type leaves one, the parenthesis moves across it.
 */
function closeArrow(node: TypedNode, text: Overlay): void {
  const { typeParameters, returnType } = node;
  if (typeParameters) {
    const open = skipTrivia(text.source, typeParameters.end);
    if (hasBreak(text.source, typeParameters.start, open)) movePut("(", open, typeParameters.start, text);
  }
  if (returnType) {
    const close = lastParen(node, returnType.start, text.source);
    if (hasBreak(text.source, close, returnType.end)) movePut(")", close, returnType.end - 1, text);
  }
}

function movePut(char: string, from: number, to: number, text: Overlay): void {
  text.blank(from, from + 1);
  text.put(to, char);
}

/** Offset of the parenthesis that closes an arrow function's parameters. */
function lastParen(node: TypedNode, before: number, source: string): number {
  const last = node.params?.at(-1);
  let at = skipTrivia(source, last?.end ?? node.typeParameters?.end ?? node.start);
  for (let next = at; next < before; next = skipTrivia(source, next + 1)) {
    if (source.charAt(next) === ")") at = next;
    if (wordAt(source, next)) next += wordAt(source, next).length - 1;
  }
  return at;
}

function hasBreak(source: string, start: number, end: number): boolean {
  return /[\n\r\u2028\u2029]/.test(source.slice(start, end));
}

/** `function f(this: Type, a)`: the first parameter is no parameter. */
function blankThis(node: TypedNode, text: Overlay): void {
  const first = node.params?.[0];
  if (first?.name === "this") blankWithComma(first, text);
}

function blankTypeSpecifiers(node: TypedNode, text: Overlay): void {
  for (const specifier of node.specifiers ?? [])
    if (specifier.importKind === "type" || specifier.exportKind === "type") blankWithComma(specifier, text);
}

function blankWithComma(node: TypedNode, text: Overlay): void {
  const next = skipTrivia(text.source, node.end);
  text.blank(node.start, text.source.charAt(next) === "," ? next + 1 : node.end);
}

function blankDefinite(node: TypedNode, text: Overlay): void {
  if (node.definite && node.id) blankMark(nameEnd(text.source, node.id.start), text);
}

function blankClassHead(node: TypedNode, text: Overlay): void {
  if (node.abstract) text.blank(node.start, node.start + "abstract".length);
  const last = node.implements?.at(-1);
  if (last) text.blank(implementsAt(node, text.source), last.end);
}

/** Offset of the word `implements`: it follows the name, the type parameters or the superclass. */
function implementsAt(node: TypedNode, source: string): number {
  const before = [
    node.id?.end,
    node.typeParameters?.end,
    node.superClass?.end,
    node.superTypeParameters?.end,
  ];
  let at = Math.max(node.start, ...before.map((end) => end ?? 0));
  for (at = skipTrivia(source, at); wordAt(source, at) !== "implements"; ) {
    at = skipTrivia(source, at + (wordAt(source, at).length || 1));
  }
  return at;
}

const modifiers = new Set(["public", "private", "protected", "readonly", "override", "abstract"]);

/** `private readonly x?: T`; a semicolon in the place of the first word keeps it off the member before. */
function blankModifiers(node: TypedNode, text: Overlay): void {
  const { key } = node;
  if (!key) return;
  let at = node.start;
  for (let word = wordAt(text.source, at); at < key.start && word; word = wordAt(text.source, at)) {
    if (modifiers.has(word)) text.blank(at, at + word.length);
    if (modifiers.has(word) && at === node.start) text.put(at, ";");
    at = skipTrivia(text.source, at + word.length);
  }
  if (node.optional || node.definite) blankMemberMark(node, key, text);
}

function blankMemberMark(node: TypedNode, key: TypedNode, text: Overlay): void {
  let at = skipTrivia(text.source, key.end);
  while (node.computed && /[)\]]/.test(text.source.charAt(at))) at = skipTrivia(text.source, at + 1);
  blankMark(at, text);
}

const statements = new Set([
  "ExpressionStatement",
  "ReturnStatement",
  "ThrowStatement",
  "PropertyDefinition",
]);

/** A statement whose last token was a type no longer ends where the next line could go on with it. */
function endsWithoutSemicolon(node: TypedNode, parent: TypedNode | null, text: Overlay): boolean {
  const inLoopHead = parent?.type.startsWith("For") && parent.body !== node;
  const ends = statements.has(node.type) || (node.type === "VariableDeclaration" && !inLoopHead);
  return ends && text.isBlank(node.end - 1);
}
