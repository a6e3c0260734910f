import type { EditorView, KeyBinding } from "@codemirror/view";
import { addCell, deleteCell, moveCell, neighbour, runCell } from "./actions.ts";
import { splitCell } from "./cell-structure.ts";
import type { Workbench } from "./context.ts";

/** The notebook's keys within a cell's editor. */
export function cellKeys(workbench: Workbench, id: number): KeyBinding[] {
  const { session, editors } = workbench;
  const run = (then: "next" | "stay" | "insert") => () => {
    const cell = session.notebook.get().cells.find((each) => each.id === id);
    if (cell) runCell(workbench, cell, then);
    return true;
  };
  const act = (action: () => void) => () => {
    action();
    return true;
  };
  return [
    { key: "Shift-Enter", run: run("next") },
    { key: "Mod-Enter", run: run("stay") },
    { key: "Alt-Enter", run: run("insert") },
    { key: "Mod-z", run: () => editors.back("undo"), preventDefault: true },
    { key: "Mod-y", mac: "Mod-Shift-z", run: () => editors.back("redo"), preventDefault: true },
    { key: "Mod-Shift-z", run: () => editors.back("redo"), preventDefault: true },
    { key: "Mod-Alt-ArrowUp", run: act(() => moveCell(workbench, id, -1)) },
    { key: "Mod-Alt-ArrowDown", run: act(() => moveCell(workbench, id, 1)) },
    { key: "ArrowUp", run: (view) => leave(workbench, view, id, -1) },
    { key: "ArrowDown", run: (view) => leave(workbench, view, id, 1) },
    { key: "Backspace", run: (view) => deleteEmpty(workbench, view, id) },
    { key: "/", run: (view) => insertInto(workbench, view, id) },
    { key: "Mod-Shift-Enter", run: act(() => void addCell(workbench, "ts", id)) },
    { key: "Mod-Shift--", run: (view) => split(workbench, view, id), preventDefault: true },
  ];
}

/** From the first or last line the arrow goes on to the next cell's text. */
function leave({ session, editors }: Workbench, view: EditorView, id: number, by: -1 | 1): boolean {
  const { main } = view.state.selection;
  const edge = by < 0 ? 0 : view.state.doc.length;
  const next = neighbour(session, id, by);
  if (!main.empty || main.head !== edge || !next || next.mode === "md") return false;
  editors.focus(next.id, by < 0 ? "end" : "start");
  return true;
}

/** A slash in an empty cell asks what it is to become. */
function insertInto({ insertMenu }: Workbench, view: EditorView, id: number): boolean {
  if (view.state.doc.length > 0 || view.composing) return false;
  insertMenu.show({ after: id, into: id, anchor: view.dom });
  return true;
}

function split(workbench: Workbench, view: EditorView, id: number): boolean {
  splitCell(workbench, id, view.state.selection.main.head);
  return true;
}

/** Backspace in an empty cell takes the cell away, if it is not the only one. */
function deleteEmpty(workbench: Workbench, view: EditorView, id: number): boolean {
  const before = neighbour(workbench.session, id, -1);
  if (view.state.doc.length > 0 || !before) return false;
  deleteCell(workbench, id);
  workbench.editors.focus(before.id, "end");
  return true;
}
