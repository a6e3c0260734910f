/** A value that becomes itself only when a cell uses it: a query's rows stay in the engine until then. */
export const lazy = Symbol.for("percolate.lazy");

export interface Lazy {
  [lazy](): Promise<unknown>;
}

export function isLazy(value: unknown): value is Lazy {
  if (typeof value !== "object" || value === null) return false;
  try {
    return lazy in value;
  } catch {
    return false;
  }
}
