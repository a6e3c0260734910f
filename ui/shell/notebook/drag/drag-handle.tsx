import { GripVertical } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import { moveCells } from "../cell-structure.ts";
import { useWorkbench } from "../context.ts";
import { dragCells } from "./drag-cells.ts";
import "./drag.css";

/** Moves the cell, or all that are selected with it, by pointer; with the arrows while it has the focus. */
export function DragHandle({ cell }: { readonly cell: number }) {
  const workbench = useWorkbench();
  const { selection } = workbench;
  const press = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button === 0) dragCells(workbench, event.nativeEvent, event.currentTarget, cell);
  };
  const key = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    moveCells(workbench, selection.has(cell) ? selection.ids : [cell], by);
  };
  return (
    <button
      type="button"
      className="gutter-button drag-handle"
      aria-label={`Move cell ${cell}: drag, or press an arrow`}
      title="Drag to move"
      tabIndex={-1}
      onPointerDown={press}
      onKeyDown={key}
    >
      <GripVertical size={14} />
    </button>
  );
}
