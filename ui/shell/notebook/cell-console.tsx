import { useState } from "react";
import { plural } from "../app/format.ts";
import type { ConsoleLine } from "./cell-states.ts";
import { SourceText } from "./source-text.tsx";

const few = 6;

/** What a cell printed: the last lines, or all. */
export function CellConsole({ lines }: { readonly lines: readonly ConsoleLine[] }) {
  const [all, setAll] = useState(false);
  if (lines.length === 0) return null;
  const shown = all ? lines : lines.slice(-few);
  const hidden = lines.length - shown.length;
  return (
    <div className="console" role="log" aria-label="Console">
      {hidden > 0 || all ? (
        <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer lines" : `Show ${plural(hidden, "more line")}`}
        </button>
      ) : null}
      {shown.map((line) => (
        <pre key={line.number} data-level={line.level}>
          <SourceText text={line.text} />
        </pre>
      ))}
    </div>
  );
}
