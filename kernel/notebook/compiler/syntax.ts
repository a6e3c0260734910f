import type { AnyNode, Node } from "acorn";

export type { AnyNode } from "acorn";

/** A node of the TypeScript tree: what @sveltejs/acorn-typescript adds to ESTree, as far as we look at it. */
export interface TypedNode extends Node {
  readonly name?: string;
  readonly kind?: string;
  readonly declare?: boolean;
  readonly abstract?: boolean;
  readonly accessor?: boolean;
  readonly accessibility?: string;
  readonly readonly?: boolean;
  readonly override?: boolean;
  readonly optional?: boolean;
  readonly definite?: boolean;
  readonly computed?: boolean;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly global?: boolean;
  readonly key?: TypedNode;
  readonly value?: TypedNode | null;
  readonly id?: TypedNode | null;
  readonly body?: TypedNode | readonly TypedNode[];
  readonly declaration?: TypedNode | null;
  readonly superClass?: TypedNode | null;
  readonly expression?: TypedNode | boolean;
  readonly params?: readonly TypedNode[];
  readonly specifiers?: readonly TypedNode[];
  readonly decorators?: readonly TypedNode[];
  readonly implements?: readonly TypedNode[];
  readonly typeAnnotation?: TypedNode;
  readonly returnType?: TypedNode;
  readonly typeParameters?: TypedNode;
  readonly typeArguments?: TypedNode;
  readonly superTypeParameters?: TypedNode;
}

/** Calls `visit` with every child node, in the order of the properties. */
export function eachChild<N extends Node>(node: N, visit: (child: N) => void): void {
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || value === null || typeof value !== "object") continue;
    if (Array.isArray(value)) for (const item of value) visitNode(item, visit);
    else visitNode(value, visit);
  }
}

function visitNode<N extends Node>(value: unknown, visit: (child: N) => void): void {
  if (isNode(value)) visit(value as N);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** Every node of a tree, parents before children. */
export function* everyNode(root: AnyNode): Generator<AnyNode> {
  const rest: AnyNode[] = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    yield node;
    eachChild<AnyNode>(node, (child) => rest.push(child));
  }
}
