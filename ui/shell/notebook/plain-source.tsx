import { useEffect, useState } from "react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { highlight, type Span } from "../editor/highlight.ts";
import { WorkQueue } from "../editor/work-queue.ts";
import { modeText } from "./modes.ts";

interface Props {
  readonly cell: Cell;
  /** Left out where the text is only read. */
  readonly onEdit?: () => void;
}

const queue = new WorkQueue();
/** After everything that has a place in the window. */
const late = Number.MAX_SAFE_INTEGER;

/** A cell's text while it has no editor: plain at first, highlighted when there is time. */
export function PlainSource({ cell: { mode, source }, onEdit }: Props) {
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
        <Spans spans={spans} source={source} />
      )}
    </pre>
  );
}

function Spans({ spans, source }: { readonly spans: readonly Span[]; readonly source: string }) {
  if (spans.length === 0) return source;
  return spans.map(({ from, text, className }) => (
    <span key={from} className={className}>
      {text}
    </span>
  ));
}
