import type { ArrowFunctionExpression, CatchClause, Class, Function as FunctionNode, Pattern } from "acorn";
import { type Reference, Scope } from "./scope.ts";
import { type AnyNode, eachChild } from "./syntax.ts";

/** The names that the code uses: those that it declares at its top level, and those that are free. */
export interface References {
  /** Uses of names that the code itself declares at its top level (in a program). */
  readonly own: readonly Reference[];
  /** Uses of all other names, by position. */
  readonly free: readonly Reference[];
}

/** Finds the uses of names that no function or block inside the code declares. */
export function findReferences(root: AnyNode): References {
  const scope = new Scope(null, "function");
  visit(root, scope);
  const references = scope.references.sort((a, b) => a.start - b.start);
  return {
    own: references.filter(({ name }) => scope.names.has(name)),
    free: references.filter(({ name }) => !scope.names.has(name)),
  };
}

function visit(node: AnyNode, scope: Scope): void {
  switch (node.type) {
    case "Identifier":
      return scope.refer(node);
    case "VariableDeclaration":
      for (const { id, init } of node.declarations) {
        bind(id, scope, scope, node.kind === "var" ? "var" : "lexical");
        if (init) visit(init, scope);
      }
      return;
    case "FunctionDeclaration":
      scope.declare(node.id?.name ?? "");
      return visitFunction(node as FunctionNode, scope);
    case "FunctionExpression":
      return within(scope, "block", (named) => {
        if (node.id) named.declare(node.id.name);
        visitFunction(node, named);
      });
    case "ArrowFunctionExpression":
      return visitArrow(node, scope);
    case "ClassDeclaration":
      scope.declare(node.id?.name ?? "");
      return visitClass(node as Class, scope);
    case "ClassExpression":
      return visitClass(node, scope);
    case "ImportDeclaration":
      for (const { local } of node.specifiers) scope.declare(local.name);
      return;
    default:
      return visitRest(node, scope);
  }
}

function visitRest(node: AnyNode, scope: Scope): void {
  switch (node.type) {
    case "BlockStatement":
    case "SwitchStatement":
    case "ForStatement":
      return within(scope, "block", (block) => visitChildren(node, block));
    case "ForInStatement":
    case "ForOfStatement":
      return within(scope, "block", (block) => {
        if (node.left.type === "VariableDeclaration") visit(node.left, block);
        else assign(node.left, block);
        visit(node.right, block);
        visit(node.body, block);
      });
    case "StaticBlock":
      return within(scope, "function", (block) => visitChildren(node, block));
    case "CatchClause":
      return within(scope, "block", (block) => visitCatch(node, block));
    case "AssignmentExpression":
      assign(node.left, scope);
      return visit(node.right, scope);
    case "UpdateExpression":
      return assign(node.argument as Pattern, scope);
    default:
      return visitNames(node, scope);
  }
}

/** Nodes with names in them that are not uses of names. */
function visitNames(node: AnyNode, scope: Scope): void {
  switch (node.type) {
    case "MemberExpression":
      visit(node.object, scope);
      if (node.computed) visit(node.property, scope);
      return;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      if (node.computed) visit(node.key, scope);
      if (node.value) visit(node.value, scope);
      return;
    case "LabeledStatement":
      return visit(node.body, scope);
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
      return;
    default:
      return visitChildren(node, scope);
  }
}

function visitChildren(node: AnyNode, scope: Scope): void {
  eachChild<AnyNode>(node, (child) => visit(child, scope));
}

function within(scope: Scope, kind: "function" | "block", visitInner: (inner: Scope) => void): void {
  const inner = new Scope(scope, kind);
  visitInner(inner);
  inner.end();
}

function visitFunction(node: FunctionNode, scope: Scope): void {
  within(scope, "function", (parameters) => {
    parameters.declare("arguments");
    visitParametersAndBody(node, parameters);
  });
}

function visitArrow(node: ArrowFunctionExpression, scope: Scope): void {
  within(scope, "function", (parameters) => visitParametersAndBody(node, parameters));
}

/** Defaults of parameters do not see the variables of the body. */
function visitParametersAndBody(node: FunctionNode, parameters: Scope): void {
  for (const parameter of node.params) bind(parameter, parameters, parameters);
  within(parameters, "function", (body) => {
    if (node.body.type === "BlockStatement") visitChildren(node.body, body);
    else visit(node.body, body);
  });
}

function visitClass(node: Class, scope: Scope): void {
  within(scope, "block", (named) => {
    if (node.id) named.declare(node.id.name);
    if (node.superClass) visit(node.superClass, named);
    visitChildren(node.body, named);
  });
}

function visitCatch(node: CatchClause, scope: Scope): void {
  if (node.param) bind(node.param, scope, scope);
  visit(node.body, scope);
}

/** Declares the names of a pattern, and visits its defaults and computed keys. */
function bind(pattern: Pattern, into: Scope, scope: Scope, kind: "var" | "lexical" = "lexical"): void {
  eachTarget(pattern, scope, (target) => {
    if (target.type === "Identifier") into.declare(target.name, kind);
  });
}

function assign(pattern: Pattern, scope: Scope): void {
  eachTarget(pattern, scope, (target) => {
    if (target.type === "Identifier") scope.refer(target, true);
    else visit(target, scope);
  });
}

/** Calls `visitTarget` with all that a pattern binds; visits defaults and computed keys as code. */
function eachTarget(pattern: Pattern, scope: Scope, visitTarget: (target: Pattern) => void): void {
  const inner = (part: Pattern) => eachTarget(part, scope, visitTarget);
  switch (pattern.type) {
    case "ObjectPattern":
      for (const property of pattern.properties) {
        if (property.type === "Property" && property.computed) visit(property.key, scope);
        inner(property.type === "Property" ? property.value : property.argument);
      }
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) inner(element);
      return;
    case "RestElement":
      return inner(pattern.argument);
    case "AssignmentPattern":
      inner(pattern.left);
      return visit(pattern.right, scope);
    default:
      return visitTarget(pattern);
  }
}
