import { ChevronRight } from "lucide-react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { CellFacts } from "./cell-facts.tsx";
import type { CellState } from "./cell-states.ts";
import { EditorSlot } from "./editor-slot.tsx";
import type { Fold } from "./use-fold.ts";

interface Props {
  readonly cell: Cell;
  readonly state: CellState;
  readonly fold: Fold;
}

/** A cell's code: its editor, or the line that stands for it. */
export function CellCode({ cell, state, fold }: Props) {
  if (fold.show === "none") return null;
  if (fold.show === "line") return <FoldedLine cell={cell} onOpen={fold.open} />;
  return (
    <div className="code">
      <EditorSlot cell={cell} failure={state.failure} />
      <CellFacts cell={cell} />
    </div>
  );
}

function FoldedLine({ cell, onOpen }: { readonly cell: Cell; readonly onOpen: () => void }) {
  const first = cell.source.trim().split("\n", 1)[0];
  return (
    <button
      type="button"
      className="folded"
      aria-expanded={false}
      aria-label={`Show code of cell ${cell.id}`}
      onClick={onOpen}
    >
      <ChevronRight size={14} />
      <code>{first || "Empty"}</code>
    </button>
  );
}
