import { useMemo } from "react";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";
import { ReadCell } from "./read-cell.tsx";
import { slidesOf } from "./slides.ts";
import { useView } from "./view.ts";

/** The cells as an app shows them, or those of one slide. */
export function CellsToRead() {
  const { session } = useWorkbench();
  const { view, slide, code } = useView();
  const cells = useStore(session.notebook, (notebook) => notebook.cells);
  const slides = useMemo(() => slidesOf(cells), [cells]);
  const ids = view === "slides" ? slides[Math.min(slide, slides.length - 1)] : cells.map(({ id }) => id);
  return ids?.map((id) => <ReadCell key={id} id={id} code={code} />);
}
