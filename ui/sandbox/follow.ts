import type { Followable } from "../../kernel/notebook/runtime/followable.ts";

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
