/** Where a key takes the reader of a table, in px of rows from the top; undefined for keys that mean nothing here. */
export function scrollKeys(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
  top: number,
  height: number,
  rowHeight: number,
  visibleRows: number,
): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const page = (visibleRows - 1) * rowHeight;
  switch (event.key) {
    case "ArrowDown":
      return top + rowHeight;
    case "ArrowUp":
      return Math.max(0, top - rowHeight);
    case "PageDown":
    case " ":
      return top + page;
    case "PageUp":
      return Math.max(0, top - page);
    case "Home":
      return 0;
    case "End":
      return height;
    default:
      return undefined;
  }
}
