/** A generator's next value may be a promise, as Observable's are. */
export interface Followable {
  next(): unknown;
  return(value?: unknown): unknown;
}

export function isFollowable(value: unknown): value is Followable {
  if (typeof value !== "object" || value === null) return false;
  try {
    const { next, return: end } = value as Partial<Followable>;
    return typeof next === "function" && typeof end === "function";
  } catch {
    return false;
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  try {
    return typeof (value as { then?: unknown }).then === "function";
  } catch {
    return false;
  }
}

/** Shows each value that a generator yields, at most one a frame, until it ends or `signal` fires; then closes it. */
export async function follow(
  generator: Followable,
  show: (value: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const close = () => void generator.return();
  signal.addEventListener("abort", close, { once: true });
  while (!signal.aborted) {
    const { done, value } = (await generator.next()) as IteratorResult<unknown>;
    const shown = done ? undefined : await value;
    if (done || signal.aborted) break;
    show(shown);
    await frame();
  }
  signal.removeEventListener("abort", close);
}

/** The next frame; in a hidden tab, which draws none, a tenth of a second. */
function frame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
