import type { GraphCell } from "./analysis.ts";
import type { Node } from "./node.ts";

let searches = 0;

/**
 * Groups of two and more nodes that all depend on one another, among the given ones and all that these depend on. By
 * Tarjan's algorithm, with a stack of its own, so that a chain of any length fits. @returns also who was looked at.
 */
export function circlesFrom<C extends GraphCell>(
  roots: Iterable<Node<C>>,
): { readonly groups: Node<C>[][]; readonly visited: Node<C>[] } {
  const search = ++searches;
  const groups: Node<C>[][] = [];
  const visited: Node<C>[] = [];
  const stack: Node<C>[] = [];
  const path: Node<C>[] = [];
  const enter = (node: Node<C>) => {
    node.search = search;
    node.index = node.low = visited.length;
    node.next = 0;
    node.onStack = true;
    visited.push(node);
    stack.push(node);
    path.push(node);
  };
  const leave = (node: Node<C>) => {
    path.pop();
    const caller = path.at(-1);
    if (caller && node.low < caller.low) caller.low = node.low;
    if (node.low === node.index) close(node, stack, groups);
  };
  for (const root of roots) {
    if (root.search === search) continue;
    enter(root);
    for (let node = path.at(-1); node; node = path.at(-1)) {
      const link = node.uses[node.next++];
      if (!link) leave(node);
      else if (link.definer && link.definer.search !== search) enter(link.definer);
      else if (link.definer?.onStack && link.definer.index < node.low) node.low = link.definer.index;
    }
  }
  return { groups, visited };
}

/** Everything on the stack from `first` on is one group. */
function close<C extends GraphCell>(first: Node<C>, stack: Node<C>[], groups: Node<C>[][]): void {
  const group: Node<C>[] = [];
  for (let node = stack.pop(); node; node = node === first ? undefined : stack.pop()) {
    node.onStack = false;
    group.push(node);
  }
  if (group.length > 1) groups.push(group);
}
