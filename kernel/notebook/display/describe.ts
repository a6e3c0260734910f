import { type Child, childrenOf, type Shape } from "./children.ts";
import { type Identity, identify } from "./identify.ts";
import { describePrimitive } from "./leaf.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { Description } from "./output.ts";

interface Walk {
  readonly limits: Limits;
  /** Composites that enclose the present value. */
  readonly above: Set<object>;
  left: number;
}

/**
 * Describes any JavaScript value for people, bounded by `limits`. Own getters never run; proxies and objects that
 * throw are described as far as they can be read. A composite too deep or past the total has `size` but no `entries`.
 */
export function describe(value: unknown, limits: Partial<Limits> = {}): Description {
  const full = { ...defaultLimits, ...limits };
  return walkValue(value, { limits: full, above: new Set(), left: full.total });
}

function walkValue(value: unknown, walk: Walk): Description {
  const leaf = describePrimitive(value, walk.limits);
  if (leaf) return leaf;
  const object = value as object;
  const identity = identify(object);
  if (!identity.shape) return { kind: identity.kind, text: identity.text };
  if (walk.above.has(object)) return { kind: "circular", text: identity.text };
  return composite(object, identity, identity.shape, walk);
}

function composite(value: object, identity: Identity, shape: Shape, walk: Walk): Description {
  const { kind, text } = identity;
  const deep = walk.above.size >= walk.limits.depth || walk.left <= 0;
  const found = read(value, shape, deep ? 0 : Math.min(walk.limits.entries, walk.left));
  if (!found) return { kind, text, size: 0, entries: [] };
  if (deep && found.size > 0) return { kind, text, size: found.size };
  walk.left -= found.list.length;
  walk.above.add(value);
  const entries = found.list.map((child) => describeChild(child, walk));
  walk.above.delete(value);
  return { kind, text, size: found.size, entries };
}

function read(value: object, shape: Shape, count: number) {
  try {
    return childrenOf(value, shape, 0, count);
  } catch {
    return undefined;
  }
}

function describeChild(child: Child, walk: Walk) {
  const key = typeof child.key === "string" ? child.key : walkValue(child.key.of, walk);
  return { key, value: child.note ? note(child.note) : walkValue(child.value, walk) };
}

/** What stands for a value that is not there or was not read: a hole, a getter. */
function note(text: string): Description {
  return { kind: "undefined", text };
}
