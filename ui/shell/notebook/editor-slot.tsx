import type { KeyBinding } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { Problem } from "../../../kernel/notebook/language.ts";
import { useStore } from "../app/store.ts";
import { CellEditor } from "../editor/cell-editor.ts";
import { WorkQueue } from "../editor/work-queue.ts";
import { cellKeys } from "./cell-keys.ts";
import { cellLanguage } from "./cell-language.ts";
import { useWorkbench, type Workbench } from "./context.ts";
import { useFound } from "./find/use-found.ts";
import { modeText } from "./modes.ts";
import { PlainSource } from "./plain-source.tsx";
import { previewSoon } from "./preview.ts";

interface Props {
  readonly cell: Cell;
  readonly failure: Failure | undefined;
}

const queue = new WorkQueue();
const none: readonly Problem[] = [];

/**
 * A cell's editor. Editors cost much more than text, so the cell shows its highlighted text until it comes near the
 * window, and gets its editor when there is time, or at once when it is to be edited.
 */
export function EditorSlot({ cell, failure }: Props) {
  const workbench = useWorkbench();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CellEditor | null>(null);
  const wanted = useStore(workbench.editors.wanted, (want) => want?.cell === cell.id);
  const tables = useStore(workbench.tables, (all) => all);
  const problems = useStore(workbench.session.problems, (all) => all.get(cell.id) ?? none);
  const shown = useStore(workbench.editors.shown, (show) => show?.cell === cell.id);
  const found = useFound(cell.id);
  const { id } = cell;

  useEffect(() => {
    const parent = place.current;
    if (!parent || editor) return undefined;
    const mount = () => setEditor(mountEditor(parent, id, workbench));
    if (wanted || shown) {
      mount();
      return undefined;
    }
    // At once, so that no frame shows both text and editor.
    const stop = whenNear(parent, (distance) => queue.add(parent, distance, () => flushSync(mount)));
    return () => {
      stop();
      queue.remove(parent);
    };
  }, [editor, wanted, shown, id, workbench]);

  useEffect(() => {
    if (!editor) return undefined;
    const remove = workbench.editors.add(id, editor);
    return () => {
      remove();
      editor.destroy();
    };
  }, [editor, id, workbench]);
  useEffect(
    () => editor?.setLanguage(cell.mode, tables, modeText(cell.mode).hint),
    [editor, cell.mode, tables],
  );
  useEffect(() => editor?.showProblems(failure, problems), [editor, failure, problems]);
  useEffect(() => editor?.showFound(found), [editor, found]);

  return (
    <div className="editor">
      <div ref={place} />
      {editor ? null : (
        <PlainSource cell={cell} found={found} onEdit={() => workbench.editors.focus(id, "end")} />
      )}
    </div>
  );
}

function mountEditor(parent: HTMLElement, id: number, workbench: Workbench): CellEditor | null {
  const { session } = workbench;
  const cell = session.notebook.get().cells.find((each) => each.id === id);
  if (!cell) return null;
  const keys: readonly KeyBinding[] = cellKeys(workbench, id);
  return new CellEditor({
    parent,
    label: `Code of cell ${id}`,
    mode: cell.mode,
    source: cell.source,
    hint: modeText(cell.mode).hint,
    tables: workbench.tables.get(),
    language: cellLanguage(workbench, id),
    events: {
      edited: (changes) => {
        session.typed({ type: "edit", cell: id, changes });
        previewSoon(session, id);
      },
      left: () => workbench.selection.select(id),
      keys,
    },
  });
}

/** Calls back with the distance (px) from the window once an element is within reach of it. */
function whenNear(element: HTMLElement, near: (distance: number) => void): () => void {
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      near(Math.abs(entry.boundingClientRect.top - window.innerHeight / 2));
    },
    { rootMargin: "120% 0px" },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
