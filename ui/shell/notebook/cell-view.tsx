import { memo, useRef } from "react";
import { useStore } from "../app/store.ts";
import { CellCode } from "./cell-code.tsx";
import { CellConsole } from "./cell-console.tsx";
import { CellFailure } from "./cell-failure.tsx";
import { CellGutter } from "./cell-gutter.tsx";
import { CellMark } from "./cell-mark.tsx";
import { CellMenu } from "./cell-menu.tsx";
import { CellProgress } from "./cell-progress.tsx";
import { useCell, useCellState, useWorkbench } from "./context.ts";
import { FoldedCount } from "./outline/section-button.tsx";
import { OutputSlot } from "./output-slot.tsx";
import { useFold } from "./use-fold.ts";

/** One cell: gutter, code, failure, the slot over which the sandbox shows its output, and what it printed. */
export const CellView = memo(function CellView({ id }: { readonly id: number }) {
  const { session, selection } = useWorkbench();
  const selected = useStore(selection.range, () => selection.has(id));
  const cell = useCell(session, id);
  const state = useCellState(session, id);
  const section = useRef<HTMLElement>(null);
  const fold = useFold(cell, section);
  if (!cell) return null;
  const { failure } = state;
  return (
    <section
      ref={section}
      aria-label={`Cell ${id}`}
      aria-busy={state.status === "running"}
      className="cell"
      tabIndex={-1}
      data-selected={selected || undefined}
      data-cell={id}
      data-status={state.status ?? "new"}
      data-mode={cell.mode}
      data-failure={failure?.kind}
      data-shown={state.shownAt === undefined ? undefined : "kept"}
      onBlur={fold.onBlur}
    >
      <CellGutter cell={cell} state={state} fold={fold} />
      <div className="cell-main">
        <CellCode cell={cell} state={state} fold={fold} />
        {failure ? <CellFailure cell={id} failure={failure} /> : null}
        <CellMark cell={cell} state={state} />
        {cell.hidden ? <div className="slot-hidden">Output hidden</div> : <OutputSlot cell={id} />}
        <FoldedCount cell={cell} />
        <CellProgress bars={state.bars} />
        <CellConsole id={id} lines={state.lines} />
      </div>
      <CellMenu cell={cell} state={state} fold={fold} />
    </section>
  );
});
