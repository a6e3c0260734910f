import { PencilLine, Play, Square } from "lucide-react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { useStore } from "../app/store.ts";
import type { CellState } from "./cell-states.ts";
import { useWorkbench } from "./context.ts";
import { DragHandle } from "./drag/drag-handle.tsx";
import { SectionButton } from "./outline/section-button.tsx";
import { useElapsed } from "./use-elapsed.ts";
import type { Fold } from "./use-fold.ts";

interface Props {
  readonly cell: Cell;
  readonly state: CellState;
  readonly fold: Fold;
}

const words = {
  waiting: "waiting for another cell",
  running: "running",
  done: "done",
  failed: "failed",
  stopped: "stopped",
  stale: "out of date",
};

/** Left of the cell: how it stands, and run or stop; for a note that is read, the pencil. */
export function CellGutter({ cell, state, fold }: Props) {
  const { session, editors } = useWorkbench();
  const elapsed = useElapsed(state);
  const trusted = useStore(session.state, (all) => all.trusted);
  const edit = () => {
    fold.open();
    editors.focus(cell.id, "end");
  };
  return (
    <div className="gutter">
      <StatusDot state={state} />
      {fold.show === "none" ? (
        <button
          type="button"
          className="gutter-button quiet"
          aria-label={`Edit cell ${cell.id}`}
          onClick={edit}
        >
          <PencilLine size={14} />
        </button>
      ) : (
        <button
          type="button"
          className="gutter-button"
          aria-label={`Run cell ${cell.id}`}
          disabled={!trusted}
          onClick={() => session.run([cell.id])}
        >
          <Play size={14} />
        </button>
      )}
      <SectionButton cell={cell} />
      {elapsed === null ? null : (
        <button
          type="button"
          className="gutter-button stop"
          aria-label={`Stop cell ${cell.id}`}
          onClick={() => session.stop([cell.id])}
        >
          <Square size={12} fill="currentColor" />
        </button>
      )}
      <DragHandle cell={cell.id} />
    </div>
  );
}

function StatusDot({ state: { status } }: { readonly state: CellState }) {
  if (status === null) return <span className="dot" />;
  if (status === "running") return <span className="spinner" role="img" aria-label={words.running} />;
  return (
    <span className="dot" data-status={status} role="img" aria-label={words[status]} title={words[status]} />
  );
}
