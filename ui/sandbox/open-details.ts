/** Which `<details>` of an element stand open, by their order. */
export function openDetails(element: HTMLElement): readonly number[] {
  const all = Array.from(element.querySelectorAll("details"));
  return all.flatMap((details, index) => (details.open ? [index] : []));
}

export function reopenDetails(element: HTMLElement, open: readonly number[]): void {
  if (open.length === 0) return;
  const all = element.querySelectorAll("details");
  for (const index of open) all[index]?.setAttribute("open", "");
}
