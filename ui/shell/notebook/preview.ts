import { findCell } from "../../../kernel/notebook/document/notebook.ts";
import type { NotebookSession } from "./session.ts";

/** Pause in typing (ms) after which a text is drawn. */
const pauseMs = 50;
const drawn: ReadonlySet<string> = new Set(["md", "html", "tex", "dot"]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();

/** Has a text cell drawn as it is being written; its run, and that of what depends on it, is another matter. */
export function previewSoon(session: NotebookSession, id: number): void {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => {
      timers.delete(id);
      const cell = findCell(session.notebook.get(), id);
      if (!cell || !drawn.has(cell.mode) || cell.place !== "browser" || !session.state.get().trusted) return;
      const { mode, source } = cell;
      session.sandbox.post({ type: "preview", cell: { id, mode, source } });
    }, pauseMs),
  );
}
