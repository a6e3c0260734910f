import { memo } from "react";
import { CellFailure } from "../cell-failure.tsx";
import { CellProgress } from "../cell-progress.tsx";
import { useCell, useCellState, useWorkbench } from "../context.ts";
import { OutputSlot } from "../output-slot.tsx";
import { PlainSource } from "../plain-source.tsx";

interface Props {
  readonly id: number;
  readonly code: boolean;
}

/** A cell for readers: its output and what went wrong; its code only where that is wanted. */
export const ReadCell = memo(function ReadCell({ id, code }: Props) {
  const { session } = useWorkbench();
  const cell = useCell(session, id);
  const state = useCellState(session, id);
  if (!cell) return null;
  const withCode = cell.mode !== "md" && cell.source.trim() !== "" && (code || cell.pinned);
  if (cell.hidden && !withCode) return null;
  return (
    <section
      className="read-cell"
      aria-label={`Cell ${id}`}
      aria-busy={state.status === "running"}
      data-cell={id}
      data-mode={cell.mode}
      data-status={state.status ?? "new"}
      data-shown={state.shownAt === undefined ? undefined : "kept"}
    >
      {withCode ? (
        <div className="code">
          <PlainSource cell={cell} />
        </div>
      ) : null}
      {state.failure ? <CellFailure cell={id} failure={state.failure} /> : null}
      {cell.hidden ? null : <OutputSlot cell={id} reading />}
      <CellProgress bars={state.bars} />
    </section>
  );
});
