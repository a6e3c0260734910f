import { Play, RotateCcw } from "lucide-react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { momentText } from "../app/format.ts";
import { useStore } from "../app/store.ts";
import type { CellState } from "./cell-states.ts";
import { useWorkbench } from "./context.ts";

interface Props {
  readonly cell: Cell;
  readonly state: CellState;
}

/**
 * What is to be said of a cell's output: that it is out of date and why, or from when it is. It lies over the edge
 * between code and output, so that nothing moves when it comes and goes.
 */
export function CellMark({ cell, state }: Props) {
  const mark = markOf(cell, state);
  if (!mark) return null;
  return (
    <div className="mark-place">
      <div className="mark" data-kind={mark.kind} title={mark.title}>
        <span className="mark-text">{mark.text}</span>
        {mark.action ? <RunButton cell={cell} action={mark.action} /> : null}
      </div>
    </div>
  );
}

function RunButton({ cell, action }: { readonly cell: Cell; readonly action: "Run" | "Run again" }) {
  const { session } = useWorkbench();
  const trusted = useStore(session.state, (state) => state.trusted);
  const Icon = action === "Run" ? Play : RotateCcw;
  return (
    <button
      type="button"
      aria-label={`${action}: cell ${cell.id}`}
      disabled={!trusted}
      onClick={() => session.run([cell.id])}
    >
      <Icon size={11} aria-hidden="true" /> {action}
    </button>
  );
}

interface Mark {
  readonly kind: "stale" | "kept" | "shown" | "lost";
  readonly text: string;
  readonly title: string;
  readonly action?: "Run" | "Run again";
}

function markOf(cell: Cell, { status, note, keptAt, shownAt }: CellState): Mark | null {
  if (status === "stale") return staleMark(note ?? "out of date", shownAt);
  if (shownAt !== undefined) return shownMark(shownAt);
  if (cell.run !== "once" || status !== "done") return null;
  if (keptAt !== undefined) return keptMark(keptAt);
  return note ? { kind: "lost", text: sentence(note), title: `The result is ${note}` } : null;
}

function staleMark(note: string, shownAt: number | undefined): Mark {
  const shown = shownAt === undefined ? "" : `; from the last run, ${momentText(shownAt)}`;
  const text = `${sentence(note)}${shown}`;
  return { kind: "stale", text, title: text, action: "Run" };
}

function shownMark(at: number): Mark {
  const text = `From the last run, ${momentText(at)}`;
  return { kind: "shown", text, title: text };
}

function keptMark(at: number): Mark {
  return {
    kind: "kept",
    text: `Kept since ${momentText(at)}`,
    title: "It runs again when its code or its inputs change",
    action: "Run again",
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
