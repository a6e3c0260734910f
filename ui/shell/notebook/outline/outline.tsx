import { useEffect, useMemo, useRef } from "react";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";
import { stepLines } from "../dock/step-lines.ts";
import { ModeIcon } from "../mode-icon.tsx";
import { showCell } from "../show-cell.ts";
import { type OutlineEntry, outlineOf } from "./outline-entries.ts";
import { useReadCell } from "./scroll-spy.ts";
import "./outline.css";

/** Headings and named cells; the one that is read is marked. A click leads there; arrows go from one to the next. */
export function Outline({ onGone }: { readonly onGone?: () => void }) {
  const { session } = useWorkbench();
  const notebook = useStore(session.notebook, (value) => value);
  const entries = useMemo(() => outlineOf(notebook), [notebook]);
  const shape = entries.map(({ cell }) => cell).join();
  const cells = useMemo(() => (shape === "" ? [] : [...new Set(shape.split(",").map(Number))]), [shape]);
  const read = useReadCell(cells);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const mark = read === null ? null : list.current?.querySelector("[aria-current]");
    mark?.scrollIntoView({ block: "nearest" });
  }, [read]);
  if (entries.length === 0)
    return (
      <p className="muted outline-empty">
        Headings of notes (<code># Heading</code>) and names of cells stand here. A cell gets a name from its
        menu.
      </p>
    );
  return (
    <nav aria-label="Outline" className="outline">
      <ul ref={list} onKeyDown={(event) => stepLines(event, ".outline-line")}>
        {entries.map((entry) => (
          <Line
            key={entry.key}
            entry={entry}
            mode={notebook.cells.find(({ id }) => id === entry.cell)?.mode ?? "ts"}
            read={entry.cell === read && entry.index === 0}
            onGo={() => {
              onGone?.();
              // After a popover has given the focus back.
              setTimeout(() => showCell(entry.cell));
            }}
          />
        ))}
      </ul>
    </nav>
  );
}

interface LineProps {
  readonly entry: OutlineEntry;
  readonly mode: string;
  readonly read: boolean;
  readonly onGo: () => void;
}

function Line({ entry: { text, depth, kind }, mode, read, onGo }: LineProps) {
  return (
    <li>
      <button
        type="button"
        className="outline-line"
        data-kind={kind}
        aria-current={read ? "true" : undefined}
        style={{ paddingLeft: 10 + depth * 14 }}
        title={text}
        onClick={onGo}
      >
        {kind === "cell" ? <ModeIcon mode={mode} /> : null}
        <span>{text}</span>
      </button>
    </li>
  );
}
