/** The parts of a live graph: a node for each cell, and what stands between them, a link for each name. */
import type { Place } from "../document/notebook.ts";
import type { Failure } from "../errors.ts";
import type { GraphCell } from "./analysis.ts";

/** A name that is used or defined. Edges of the graph are the names that have one definer. */
export class Link<C extends GraphCell = GraphCell> {
  readonly name: string;
  /** Cells whose text defines the name. */
  readonly definers = new Set<Node<C>>();
  /** A cell that cannot be read for the moment and was the last to define the name. */
  claimant: Node<C> | null = null;
  /** The one cell that defines the name; null if there is none, or several. */
  definer: Node<C> | null = null;
  readonly users = new Set<Node<C>>();
  readonly usersIn: Record<Place, number> = { browser: 0, kernel: 0 };
  /** Set while several cells define the name. */
  failure: Failure | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get isIdle(): boolean {
    return this.users.size === 0 && this.definers.size === 0 && this.claimant === null;
  }
}

export class Node<C extends GraphCell = GraphCell> {
  cell: C;
  /** Place in the notebook. */
  position = -1;
  /** The last arrangement of the notebook that it is part of. */
  arrangement = 0;
  uses: readonly Link<C>[] = [];
  defines: readonly Link<C>[] = [];
  readonly claims = new Set<Link<C>>();
  circle: Circle<C> | null = null;
  /** For the search of circles: the search that it was seen in, its number there, the least that it leads back to. */
  search = 0;
  index = 0;
  low = 0;
  onStack = false;
  next = 0;

  constructor(cell: C) {
    this.cell = cell;
  }

  get id(): number {
    return this.cell.id;
  }

  /** Whether its text cannot be read, so that it keeps the names that it had. */
  get isUnread(): boolean {
    const { failure, outputs } = this.cell.compiled;
    return failure !== undefined && outputs.length === 0;
  }
}

/** Cells that all depend on one another. */
export interface Circle<C extends GraphCell = GraphCell> {
  /** In the notebook's order. */
  readonly members: readonly Node<C>[];
  readonly failure: Failure;
}

/** Nodes whose definitions a node directly uses, each once. */
export function parentsOf<C extends GraphCell>(node: Node<C>): Set<Node<C>> {
  const parents = new Set<Node<C>>();
  for (const { definer } of node.uses) if (definer && definer !== node) parents.add(definer);
  return parents;
}

/** Nodes that directly use what a node defines, each once. */
export function childrenOf<C extends GraphCell>(node: Node<C>): Set<Node<C>> {
  const children = new Set<Node<C>>();
  for (const link of [...node.defines, ...node.claims]) {
    if (link.definer !== node) continue;
    for (const user of link.users) if (user !== node) children.add(user);
  }
  return children;
}

export function byPosition(a: Node, b: Node): number {
  return a.position - b.position;
}
