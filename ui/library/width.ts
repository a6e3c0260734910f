import { observe, type Stream } from "../../kernel/notebook/library/generators.ts";

/** Yields an element's inner width in px, now and whenever it changes; never 0, as nothing can be drawn into that. */
export function widthOf(element: Element): Stream<number> {
  return observe<number>((change) => {
    let last = 0;
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      if (width === last || width === 0) return;
      last = width;
      change(width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
}
