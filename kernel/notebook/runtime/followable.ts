/** What the runtime waits for or follows. Reading a property may throw (another origin's window, a proxy): then neither. */

export interface Followable {
  next(value?: unknown): unknown;
  return(value?: unknown): unknown;
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  try {
    return typeof (value as PromiseLike<unknown>).then === "function";
  } catch {
    return false;
  }
}

/** Whether the value is a generator: an iterator that can be told to end. */
export function isFollowable(value: unknown): value is Followable {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  try {
    const { next, return: end } = value as Followable;
    return typeof next === "function" && typeof end === "function";
  } catch {
    return false;
  }
}
