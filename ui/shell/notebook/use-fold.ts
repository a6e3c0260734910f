import { type FocusEvent, type RefObject, useCallback, useEffect, useState } from "react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { afterClick } from "../app/pointer.ts";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";
import { isChanged } from "./program.ts";

export interface Fold {
  /** `open`: the editor; `line`: only a line that names the code; `none`: only the output, as of a text that is read. */
  readonly show: "open" | "line" | "none";
  open(): void;
  close(): void;
  readonly onBlur: (event: FocusEvent) => void;
}

/**
 * Whether a cell's code is shown. Notes show theirs while they are edited, or as long as the notebook is not trusted
 * and nothing draws them; other cells until it is folded away.
 */
export function useFold(cell: Cell | undefined, section: RefObject<HTMLElement | null>): Fold {
  const { session, editors, folds } = useWorkbench();
  const id = cell?.id ?? 0;
  const isNote = cell?.mode === "md";
  const folded = useStore(folds.folded, (all) => all.has(id));
  const wanted = useStore(editors.wanted, (want) => want?.cell === id);
  const [editing, setEditing] = useState(false);
  const trusted = useStore(session.state, (state) => state.trusted);
  const blank = (cell?.source.trim() ?? "") === "";

  const open = useCallback(() => {
    if (isNote) setEditing(true);
    else folds.set(id, false);
  }, [isNote, folds, id]);

  const close = useCallback(() => {
    if (isNote) setEditing(false);
    else folds.set(id, true);
  }, [isNote, folds, id]);

  const sought = useStore(editors.shown, (show) => show?.cell === id);
  useEffect(() => {
    if (wanted || sought) open();
  }, [wanted, sought, open]);
  useOpenOnDoubleTouch(id, isNote, open);

  const onBlur = (event: FocusEvent) => {
    if (!cell || !isNote || section.current?.contains(event.relatedTarget) || !document.hasFocus()) return;
    afterClick(() => setEditing(section.current?.contains(document.activeElement) ?? false));
    if (isChanged(cell, session.program.get().cells.get(id))) session.run([id]);
  };
  return { show: shown(isNote, editing || blank || !trusted, folded), open, close, onBlur };
}

function shown(isNote: boolean, editing: boolean, folded: boolean): Fold["show"] {
  if (isNote) return editing ? "open" : "none";
  return folded ? "line" : "open";
}

const doubleMs = 450;

/** A double click on a note's text edits it. */
function useOpenOnDoubleTouch(cell: number, isNote: boolean, open: () => void): void {
  const { session, editors } = useWorkbench();
  useEffect(() => {
    if (!isNote) return undefined;
    let last = Number.NEGATIVE_INFINITY;
    return session.sandbox.touched.subscribe(() => {
      if (session.sandbox.touched.get().cell !== cell) return;
      const now = performance.now();
      if (now - last < doubleMs && now - last > 40) {
        open();
        editors.focus(cell, "end");
      }
      last = now;
    });
  }, [cell, isNote, open, session, editors]);
}
