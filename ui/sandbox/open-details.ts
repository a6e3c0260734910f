/** Inspectors of live values remember by themselves what stands open. */
const selector = "details:not([data-live] details)";

/** Which `<details>` of an element stand open, by their order. */
export function openDetails(element: HTMLElement): readonly number[] {
  const all = Array.from(element.querySelectorAll<HTMLDetailsElement>(selector));
  return all.flatMap((details, index) => (details.open ? [index] : []));
}

export function reopenDetails(element: HTMLElement, open: readonly number[]): void {
  if (open.length === 0) return;
  const all = element.querySelectorAll(selector);
  for (const index of open) all[index]?.setAttribute("open", "");
}
