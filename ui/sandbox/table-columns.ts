/** Columns from one on, up to (not including) another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Tables of fewer columns are drawn whole. */
const few = 30;

/**
 * The columns in view, and one more on each side.
 * @param widths of the row numbers, then of each column, in px; empty before they are known
 */
export function columnsInView(widths: readonly number[], left: number, width: number): Span {
  const count = widths.length - 1;
  if (count <= few) return { from: 0, to: Number.POSITIVE_INFINITY };
  const ends = endsOf(widths.slice(1));
  const first = ends.findIndex((end) => end > left);
  const last = ends.findIndex((end) => end > left + width);
  return {
    from: Math.max(0, (first < 0 ? count : first) - 1),
    to: Math.min(count, (last < 0 ? count : last) + 2),
  };
}

function endsOf(widths: readonly number[]): number[] {
  let end = 0;
  return widths.map((width) => (end += width));
}
