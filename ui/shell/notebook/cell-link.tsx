import type { ReactNode } from "react";
import type { Place } from "../../../kernel/notebook/compiler/place.ts";
import { useCell, useWorkbench } from "./context.ts";
import { showCell } from "./show-cell.ts";

interface Props {
  readonly id: number;
  /** Where in its code; the cell as a whole if not said. */
  readonly place?: Place;
  /** The cell's name, or its number, if not said. */
  readonly children?: ReactNode;
}

/** A link to a cell; one that is gone is only named. */
export function CellLink({ id, place, children }: Props) {
  const { session, editors } = useWorkbench();
  const cell = useCell(session, id);
  const label = children ?? cell?.name ?? `cell ${id}`;
  if (!cell) return <span>{label}</span>;
  const go = () => (place ? editors.focusLine(id, place.line, place.column) : showCell(id));
  return (
    <button type="button" className="link" title={`Show cell ${id}`} onClick={go}>
      {label}
    </button>
  );
}
