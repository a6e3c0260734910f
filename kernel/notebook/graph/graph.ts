/**
 * What depends on what, kept while cells change: a change costs what it touches. `analyse` says what it must come to.
 */
import type { Place } from "../document/notebook.ts";
import type { Failure } from "../errors.ts";
import type { GraphCell } from "./analysis.ts";
import { circlesFrom } from "./circles.ts";
import { cycleFailure, duplicateFailure } from "./failures.ts";
import { byPosition, type Circle, childrenOf, Link, Node, parentsOf } from "./node.ts";

export interface GraphDifference<C extends GraphCell> {
  /** Cells that are no more. */
  readonly removed: readonly C[];
  /** Cells that may run now and could not before, or the other way round, or for another reason. */
  readonly rejudged: ReadonlySet<number>;
  /** Names that began or ceased to cross between the places, or that cross the other way. */
  readonly crossed: ReadonlySet<string>;
}

/** What a change has touched so far. */
interface Touched<C extends GraphCell> {
  readonly links: Set<Link<C>>;
  /** Nodes whose parents may differ. */
  readonly nodes: Set<Node<C>>;
  /** Circles that may be broken. */
  readonly circles: Set<Circle<C>>;
  /** Nodes whose failure may differ. */
  readonly judged: Set<Node<C>>;
}

export class Graph<C extends GraphCell = GraphCell> {
  readonly #nodes = new Map<number, Node<C>>();
  readonly #links = new Map<string, Link<C>>();
  readonly #definer = new Map<string, number>();
  readonly #crossing = new Map<string, Place>();
  readonly #failures = new Map<number, Failure>();
  #order: readonly number[] = [];
  #arrangements = 0;

  /** Cell that defines each name; a name defined twice has none. */
  get definer(): ReadonlyMap<string, number> {
    return this.#definer;
  }

  /** Names defined in one place and used in the other: name → the place that defines it. */
  get crossing(): ReadonlyMap<string, Place> {
    return this.#crossing;
  }

  /** Cells that must not run (syntax, duplicate, cycle), each with the reason. Others run. */
  get failures(): ReadonlyMap<number, Failure> {
    return this.#failures;
  }

  /** Ids of all cells, in the notebook's order. */
  get order(): readonly number[] {
    return this.#order;
  }

  cell(id: number): C | undefined {
    return this.#nodes.get(id)?.cell;
  }

  /** Position of a cell in the notebook; -1 if there is none of this id. */
  position(id: number): number {
    return this.#nodes.get(id)?.position ?? -1;
  }

  /** Cells that directly use a name. */
  users(name: string): number[] {
    return ids(this.#links.get(name)?.users ?? []);
  }

  /** Cells that directly use what a cell defines. */
  children(id: number): number[] {
    const node = this.#nodes.get(id);
    return node ? ids(childrenOf(node)) : [];
  }

  /** Cells whose definitions a cell directly uses. */
  parents(id: number): number[] {
    const node = this.#nodes.get(id);
    return node ? ids(parentsOf(node)) : [];
  }

  /** The cells, and all that they depend on. */
  upstream(roots: Iterable<number>): Set<number> {
    const reached = new Set<number>(roots);
    for (const id of reached) for (const parent of this.parents(id)) reached.add(parent);
    return reached;
  }

  /**
   * Names that cross between the places and whose value may change when these do, through cells of both places that
   * pass a change on.
   */
  crossingBelow(names: Iterable<string>, passes: (cell: C) => boolean): Set<string> {
    const found = new Set<string>();
    const reached = new Set<Link<C>>();
    for (const name of names) {
      const link = this.#links.get(name);
      if (link) reached.add(link);
    }
    const seen = new Set<Node<C>>();
    for (const link of reached) {
      if (this.#crossing.has(link.name)) found.add(link.name);
      for (const user of link.users) {
        if (seen.has(user)) continue;
        seen.add(user);
        if (!this.#failures.has(user.id) && passes(user.cell))
          for (const next of user.defines) reached.add(next);
      }
    }
    return found;
  }

  /** Whether any cell names it among its outputs, one that must not run too. */
  isDefined(name: string): boolean {
    const link = this.#links.get(name);
    return link !== undefined && (link.definers.size > 0 || link.claimant !== null);
  }

  /** The first cell that would define a name, but must not run. */
  refused(name: string): C | undefined {
    const link = this.#links.get(name);
    const definers = link?.claimant ? [link.claimant] : sorted(link?.definers ?? []);
    return definers.find(({ id }) => this.#failures.has(id))?.cell;
  }

  /**
   * Changes the graph. Time is linear in what the change touches (and, for a change of edges, in what the cells concerned
   * depend on), besides one quick look at the order.
   * @param cells those that are new or differ. @param order ids of all cells that are left, in the notebook's order.
   */
  update(cells: readonly C[], order: readonly number[]): GraphDifference<C> {
    const touched: Touched<C> = { links: new Set(), nodes: new Set(), circles: new Set(), judged: new Set() };
    for (const cell of cells) this.#put(cell, touched);
    const removed = this.#arrange(order, touched);
    const crossed = new Set<string>();
    for (const link of touched.links) this.#relink(link, touched, crossed);
    this.#findCircles(touched);
    return { removed, rejudged: this.#judge(touched.judged), crossed };
  }

  #put(cell: C, touched: Touched<C>): void {
    const known = this.#nodes.get(cell.id);
    if (known && isWiredAlike(known.cell, cell)) return this.#replace(known, cell, touched);
    const node = known ?? new Node(cell);
    if (known) this.#detach(known, touched);
    this.#nodes.set(cell.id, node);
    node.cell = cell;
    const held = node.isUnread && known ? known.defines.concat([...known.claims]) : [];
    for (const link of known?.claims ?? []) link.claimant = null;
    node.claims.clear();
    for (const link of held) if (link.definer === node) claim(node, link);
    node.uses = cell.compiled.inputs.map((name) => this.#link(name));
    node.defines = cell.compiled.outputs.map((name) => this.#link(name));
    for (const link of node.uses) {
      if (!link.users.has(node)) link.usersIn[cell.place]++;
      link.users.add(node);
      touched.links.add(link);
    }
    for (const link of node.defines) {
      link.definers.add(node);
      touched.links.add(link);
    }
    touched.nodes.add(node);
    touched.judged.add(node);
  }

  /** Another text with the same names. */
  #replace(node: Node<C>, cell: C, touched: Touched<C>): void {
    node.cell = cell;
    touched.judged.add(node);
  }

  /** Takes a node out of its links; what it claims is left to the caller. */
  #detach(node: Node<C>, touched: Touched<C>): void {
    for (const link of node.uses) {
      if (link.users.delete(node)) link.usersIn[node.cell.place]--;
      touched.links.add(link);
    }
    for (const link of node.defines) {
      link.definers.delete(node);
      touched.links.add(link);
    }
    for (const link of node.claims) touched.links.add(link);
    if (node.circle) touched.circles.add(node.circle);
  }

  #link(name: string): Link<C> {
    const known = this.#links.get(name);
    if (known) return known;
    const link = new Link<C>(name);
    this.#links.set(name, link);
    return link;
  }

  /** Puts the cells in order, and removes those that are not in it. */
  #arrange(order: readonly number[], touched: Touched<C>): C[] {
    if (this.#nodes.size === order.length && isSameList(order, this.#order)) return [];
    this.#order = order;
    const arrangement = ++this.#arrangements;
    let [last, count, isShuffled] = [-1, 0, false];
    order.forEach((id, index) => {
      const node = this.#nodes.get(id);
      if (!node) return;
      count++;
      if (node.position >= 0 && node.position < last) isShuffled = true;
      last = Math.max(last, node.position);
      node.position = index;
      node.arrangement = arrangement;
    });
    if (isShuffled) this.#touchListed(touched);
    if (count === this.#nodes.size) return [];
    const removed = [...this.#nodes.values()].filter((node) => node.arrangement !== arrangement);
    for (const node of removed) this.#remove(node, touched);
    return removed.map(({ cell }) => cell);
  }

  #remove(node: Node<C>, touched: Touched<C>): void {
    this.#detach(node, touched);
    for (const link of node.claims) link.claimant = null;
    this.#nodes.delete(node.id);
    touched.nodes.delete(node);
    touched.judged.delete(node);
    this.#failures.delete(node.id);
    node.circle = null;
    node.position = -1;
  }

  /** Reasons that list cells do so in the notebook's order. */
  #touchListed(touched: Touched<C>): void {
    for (const id of this.#failures.keys()) {
      const node = this.#nodes.get(id);
      if (!node) continue;
      for (const link of node.defines) if (link.failure) touched.links.add(link);
      if (node.circle) touched.nodes.add(node);
    }
  }

  /** Finds out anew who defines a name, and whether it crosses. */
  #relink(link: Link<C>, touched: Touched<C>, crossed: Set<string>): void {
    const before = link.definer;
    const wasDuplicate = link.failure !== null;
    if (link.definers.size > 0 && link.claimant) {
      link.claimant.claims.delete(link);
      link.claimant = null;
    }
    const [first = link.claimant] = link.definers;
    link.definer = link.definers.size > 1 ? null : first;
    link.failure = link.definers.size > 1 ? duplicateFailure(link.name, ids(sorted(link.definers))) : null;
    if (wasDuplicate || link.failure) this.#judgeAll(link, before, touched);
    if (link.definer) this.#definer.set(link.name, link.definer.id);
    else this.#definer.delete(link.name);
    if (link.definer !== before) for (const user of link.users) touched.nodes.add(user);
    this.#recross(link, crossed);
    if (link.isIdle) this.#links.delete(link.name);
  }

  /** All that define a name twice, or did so. */
  #judgeAll(link: Link<C>, before: Node<C> | null, touched: Touched<C>): void {
    for (const node of link.definers) touched.judged.add(node);
    if (before && this.#nodes.get(before.id) === before) touched.judged.add(before);
  }

  #recross(link: Link<C>, crossed: Set<string>): void {
    const home = link.definer?.cell.place;
    const crosses = home !== undefined && link.usersIn[home === "kernel" ? "browser" : "kernel"] > 0;
    if (this.#crossing.get(link.name) === (crosses ? home : undefined)) return;
    crossed.add(link.name);
    if (crosses) this.#crossing.set(link.name, home);
    else this.#crossing.delete(link.name);
  }

  #findCircles({ nodes, circles, judged }: Touched<C>): void {
    for (const { circle } of nodes) if (circle) circles.add(circle);
    for (const { members } of circles) for (const member of members) nodes.add(member);
    const roots = [...nodes].filter(
      (node) => node.circle || (isUsed(node) && this.#nodes.get(node.id) === node),
    );
    for (const node of roots) {
      if (node.circle) judged.add(node);
      node.circle = null;
    }
    for (const group of circlesFrom(roots).groups) {
      if (group.every((node) => node.circle !== null && !nodes.has(node))) continue;
      const members = group.sort(byPosition);
      const circle = { members, failure: this.#circleFailure(members) };
      for (const node of members) {
        node.circle = circle;
        judged.add(node);
      }
    }
  }

  #circleFailure(members: readonly Node<C>[]): Failure {
    const byId = new Map(members.map(({ id, cell }) => [id, cell]));
    return cycleFailure(ids(members), byId, this.#definer);
  }

  /** @returns the cells whose failure is another one than before. */
  #judge(nodes: Iterable<Node<C>>): Set<number> {
    const rejudged = new Set<number>();
    const texts = new Map<Failure | undefined, string | undefined>();
    const textOf = (failure: Failure | undefined) => {
      if (!texts.has(failure)) texts.set(failure, JSON.stringify(failure));
      return texts.get(failure);
    };
    for (const node of nodes) {
      const failure = node.cell.compiled.failure ?? duplicateOf(node) ?? node.circle?.failure;
      const before = this.#failures.get(node.id);
      if (failure) this.#failures.set(node.id, failure);
      else this.#failures.delete(node.id);
      if (failure !== before && textOf(failure) !== textOf(before)) rejudged.add(node.id);
    }
    return rejudged;
  }
}

function claim<C extends GraphCell>(node: Node<C>, link: Link<C>): void {
  node.claims.add(link);
  link.claimant = node;
}

/** Why a node must not run, if it defines names that others define too: the name that comes first in the notebook. */
function duplicateOf<C extends GraphCell>(node: Node<C>): Failure | undefined {
  const twice = node.defines.filter(({ failure }) => failure);
  if (twice.length < 2) return twice[0]?.failure ?? undefined;
  const place = (link: Link<C>): [number, number] => {
    const [first] = sorted(link.definers);
    return [first?.position ?? 0, first?.defines.indexOf(link) ?? 0];
  };
  const [first] = twice
    .map((link) => ({ link, at: place(link) }))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  return first?.link.failure ?? undefined;
}

function sorted<C extends GraphCell>(nodes: Iterable<Node<C>>): Node<C>[] {
  return [...nodes].sort(byPosition);
}

function ids<C extends GraphCell>(nodes: Iterable<Node<C>>): number[] {
  return Array.from(nodes, ({ id }) => id);
}

function isWiredAlike(a: GraphCell, b: GraphCell): boolean {
  return (
    a.place === b.place &&
    !a.compiled.failure &&
    !b.compiled.failure &&
    isSameList(a.compiled.inputs, b.compiled.inputs) &&
    isSameList(a.compiled.outputs, b.compiled.outputs)
  );
}

/** What nobody uses is part of no circle. */
function isUsed<C extends GraphCell>(node: Node<C>): boolean {
  const feeds = (link: Link<C>) => link.definer === node && link.users.size > 0;
  return node.defines.some(feeds) || [...node.claims].some(feeds);
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
