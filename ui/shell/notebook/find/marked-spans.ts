import type { FoundMatch } from "../../editor/found-matches.ts";
import type { Span } from "../../editor/highlight.ts";

/** A text's highlighted parts, cut where matches begin and end, so that these can be marked. */
export function markedSpans(spans: readonly Span[], matches: readonly FoundMatch[]): Span[] {
  const cuts = matches.flatMap(({ from, to }) => [from, to]);
  return spans.flatMap((span) => {
    const end = span.from + span.text.length;
    const inner = cuts.filter((cut) => cut > span.from && cut < end);
    const places = [span.from, ...new Set(inner), end];
    return places.slice(0, -1).map((from, index) => {
      const match = matches.find((each) => from >= each.from && from < each.to);
      const marked = match ? ` found-match${match.present ? " present" : ""}` : "";
      const text = span.text.slice(from - span.from, (places[index + 1] ?? end) - span.from);
      return { from, text, className: span.className + marked };
    });
  });
}
