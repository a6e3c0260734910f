/** What the runtime waits for or follows. Reading a property may throw (another origin's window, a proxy): then neither. */

export interface Followable {
  next(value?: unknown): unknown;
  return(value?: unknown): unknown;
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return hasMethods(value, "then");
}

/** Whether the value is a generator: an iterator that can be told to end. */
export function isFollowable(value: unknown): value is Followable {
  return hasMethods(value, "next", "return");
}

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  try {
    return names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");
  } catch {
    return false;
  }
}
