import { useEffect, useState } from "react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import type { FoundMatch } from "../editor/found-matches.ts";
import { highlight, type Span } from "../editor/highlight.ts";
import { WorkQueue } from "../editor/work-queue.ts";
import { markedSpans } from "./find/marked-spans.ts";
import { modeText } from "./modes.ts";

interface Props {
  readonly cell: Cell;
  readonly found?: readonly FoundMatch[];
  /** Left out where the text is only read. */
  readonly onEdit?: () => void;
}

const none: readonly FoundMatch[] = [];
const queue = new WorkQueue();
/** After everything that has a place in the window. */
const late = Number.MAX_SAFE_INTEGER;

/** A cell's text while it has no editor: plain at first, highlighted when there is time. */
export function PlainSource({ cell: { mode, source }, found = none, onEdit }: Props) {
  const [spans, setSpans] = useState<readonly Span[]>([]);
  useEffect(() => {
    const owner = {};
    queue.add(owner, late, () => setSpans(highlight(mode, source)));
    return () => queue.remove(owner);
  }, [mode, source]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a focused editor takes the place of this text as one comes near
    <pre className="source" onClick={onEdit}>
      {source === "" ? (
        <span className="nothing-yet">{modeText(mode).hint}</span>
      ) : (
        <Spans spans={spans} source={source} found={found} />
      )}
    </pre>
  );
}

interface SpansProps {
  readonly spans: readonly Span[];
  readonly source: string;
  readonly found: readonly FoundMatch[];
}

function Spans({ spans, source, found }: SpansProps) {
  if (spans.length === 0 && found.length === 0) return source;
  const parts = spans.length > 0 ? spans : [{ from: 0, text: source, className: "" }];
  return (found.length > 0 ? markedSpans(parts, found) : parts).map(({ from, text, className }) => (
    <span key={from} className={className}>
      {text}
    </span>
  ));
}
