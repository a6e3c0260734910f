/** How wide the bins of a column are: for all views of a table the same. */
export interface Frame {
  readonly start: number;
  readonly step: number;
  readonly bins: number;
}

const most = 24;

/**
 * Bins of equal width over `min` … `max` (finite). Numbers get round edges, and whole numbers that are few a bin each.
 * The bin of `x` is `floor((x - start) / step)`, at most the last.
 */
export function frameOf(min: number, max: number, kind: "number" | "date", whole: boolean): Frame {
  const span = max - min;
  if (!Number.isFinite(span) || span <= 0) return { start: min, step: 1, bins: 1 };
  if (kind === "date") return { start: min, step: span / most, bins: most };
  const step = whole && span < most ? 1 : roundStep(span / most, whole);
  const start = Math.floor(min / step) * step;
  return { start, step, bins: Math.floor((max - start) / step) + 1 };
}

/** The next of 1, 2, 5, 10 … above. */
function roundStep(least: number, whole: boolean): number {
  const unit = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5, 10].find((factor) => factor * unit >= least) ?? 10) * unit;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

export function edges({
  start,
  step,
  bins,
}: Frame): readonly { readonly from: number; readonly to: number }[] {
  const round = (x: number) => Number(x.toPrecision(12));
  return Array.from({ length: bins }, (_, i) => ({
    from: round(start + i * step),
    to: round(start + (i + 1) * step),
  }));
}
