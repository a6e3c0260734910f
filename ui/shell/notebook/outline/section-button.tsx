import { ChevronDown, ChevronRight } from "lucide-react";
import type { Cell } from "../../../../kernel/notebook/document/notebook.ts";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";
import { cellsOfSection, sectionLevel } from "./sections.ts";

/** Folds and opens the section that a cell begins; nothing for other cells. */
export function SectionButton({ cell }: { readonly cell: Cell }) {
  const { sections } = useWorkbench();
  const folded = useStore(sections.folded, (all) => all.has(cell.id));
  if (sectionLevel(cell) === null) return null;
  return (
    <button
      type="button"
      className="gutter-button quiet section-button"
      aria-label={folded ? `Open the section of cell ${cell.id}` : `Fold the section of cell ${cell.id}`}
      aria-expanded={!folded}
      onClick={() => sections.set(cell.id, !folded)}
    >
      {folded ? <ChevronRight size={15} /> : <ChevronDown size={15} />}
    </button>
  );
}

/** Below a folded heading: how much is hidden. */
export function FoldedCount({ cell }: { readonly cell: Cell }) {
  const { sections, session } = useWorkbench();
  const folded = useStore(sections.folded, (all) => all.has(cell.id));
  const count = useStore(session.notebook, (notebook) =>
    folded ? cellsOfSection(notebook, cell.id).length : 0,
  );
  if (!folded || sectionLevel(cell) === null) return null;
  return (
    <button type="button" className="folded folded-count" onClick={() => sections.set(cell.id, false)}>
      <ChevronRight size={14} />
      {count === 1 ? "1 cell is folded away" : `${count} cells are folded away`}
    </button>
  );
}
