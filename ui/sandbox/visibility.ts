/** ``await visibility()``: fulfils with its argument once the cell's output is on the screen. */
export type Visibility = <T>(value?: T) => Promise<T | undefined>;

/**
 * Watches a cell's place in the column for one run. A slot that has no place yet lies hidden at the top, which does not
 * count. When the run ends first, what waits is rejected.
 */
export function makeVisibility(slot: HTMLElement, signal: () => AbortSignal): Visibility {
  let shown: Promise<void> | undefined;
  return async (value) => {
    shown ??= onScreen(slot, signal());
    await shown;
    return value;
  };
}

function onScreen(slot: HTMLElement, signal: AbortSignal): Promise<void> {
  const seen = new Promise<void>((resolve, reject) => {
    const stop = () => {
      intersections.disconnect();
      places.disconnect();
      signal.removeEventListener("abort", abort);
    };
    const abort = () => {
      stop();
      reject(signal.reason);
    };
    const intersections = new IntersectionObserver((entries) => {
      if (!entries.at(-1)?.isIntersecting || slot.hasAttribute("data-hidden")) return;
      stop();
      resolve();
    });
    const places = new MutationObserver(() => {
      intersections.unobserve(slot);
      intersections.observe(slot);
    });
    intersections.observe(slot);
    places.observe(slot, { attributeFilter: ["data-hidden"] });
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
  });
  // A cell that asks and does not wait is no failure.
  seen.catch(() => {});
  return seen;
}
