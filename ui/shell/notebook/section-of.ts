/** A cell's section in the page, while it is there. */
export function sectionOf(cell: number | null | undefined): HTMLElement | null {
  return document.querySelector(`section[data-cell="${cell}"]`);
}
