import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { Store } from "../app/store.ts";
import type { CellEditor } from "../editor/cell-editor.ts";
import { revealCell } from "./outline/fold-place.tsx";
import { sectionOf } from "./section-of.ts";
import type { NotebookSession, SessionListener } from "./session.ts";
import { TypeAhead } from "./type-ahead.ts";

/** Where the cursor goes in a cell that gets the focus. */
export type Spot = "keep" | "start" | "end" | number | { readonly from: number; readonly to: number };

/** The mounted editors of a notebook: keeps their texts in step with the document and moves the focus between them. */
export class Editors implements SessionListener {
  readonly #session: NotebookSession;
  readonly #editors = new Map<number, CellEditor>();
  readonly #typeAhead = new TypeAhead();
  /** A cell that is to be edited but has no editor yet; it mounts one at once. */
  readonly wanted = new Store<{ readonly cell: number; readonly spot: Spot } | null>(null);

  /** A part of a cell that is to be seen and has no editor yet. */
  readonly shown = new Store<{
    readonly cell: number;
    readonly part: { readonly from: number; readonly to: number };
  } | null>(null);

  constructor(session: NotebookSession) {
    this.#session = session;
    session.listeners.add(this);
  }

  /** An editor was mounted. Returns what to call when it is gone. */
  add(cell: number, editor: CellEditor): () => void {
    this.#editors.set(cell, editor);
    // Others may have changed the text since the editor was made of it.
    editor.replace(this.#sourceOf(cell));
    const shown = this.shown.get();
    if (shown?.cell === cell) {
      this.shown.set(null);
      editor.scrollTo(shown.part.from, shown.part.to);
    }
    const wanted = this.wanted.get();
    if (wanted?.cell === cell) {
      this.focus(cell, wanted.spot);
      editor.type(this.#typeAhead.take());
    }
    return () => this.#editors.delete(cell);
  }

  changed(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.type === "edit") this.#editors.get(operation.cell)?.apply(operation.changes);
      if (operation.type === "insert") this.#editors.get(operation.cell.id)?.replace(operation.cell.source);
    }
  }

  /** Puts the cursor into a cell, opening its code if it is folded away. */
  focus(cell: number, spot: Spot = "keep"): void {
    revealCell(sectionOf(cell));
    const editor = this.#editors.get(cell);
    if (!editor) {
      this.#typeAhead.start();
      return this.wanted.set({ cell, spot });
    }
    this.wanted.set(null);
    const { state } = editor.view;
    if (typeof spot === "object") return editor.select(spot.from, spot.to);
    const spots = { keep: state.selection.main.head, start: 0, end: state.doc.length };
    editor.goTo(typeof spot === "number" ? spot : spots[spot]);
  }

  /** Puts text in at the cursor, as typing does. */
  type(cell: number, text: string): void {
    this.#editors.get(cell)?.type(text);
  }

  focusLine(cell: number, line: number, column: number): void {
    const lines = this.#sourceOf(cell)
      .split("\n")
      .slice(0, line - 1);
    const start = lines.reduce((sum, text) => sum + text.length + 1, 0);
    this.focus(cell, start + column - 1);
  }

  /** Shows a part of a cell's text, opening its code if it is folded away; the focus stays where it is. */
  show(cell: number, part: { readonly from: number; readonly to: number }): void {
    revealCell(sectionOf(cell));
    const editor = this.#editors.get(cell);
    if (editor) return editor.scrollTo(part.from, part.to);
    this.shown.set({ cell, part });
    sectionOf(cell)?.scrollIntoView({ block: "center" });
  }

  /** What is selected in the text that is edited, if it is within a line. */
  selectedText(): string {
    const cell = this.focused();
    const state = cell === null ? undefined : this.#editors.get(cell)?.view.state;
    const text = state?.sliceDoc(state.selection.main.from, state.selection.main.to) ?? "";
    return text.includes("\n") ? "" : text;
  }

  /** The cell whose text is edited. */
  focused(): number | null {
    for (const [cell, { view }] of this.#editors) if (view.hasFocus) return cell;
    return null;
  }

  /** Where the cursor is, while text is edited. */
  cursor(): { readonly cell: number; readonly offset: number } | null {
    const cell = this.focused();
    const head = cell === null ? undefined : this.#editors.get(cell)?.view.state.selection.main.head;
    return cell === null || head === undefined ? null : { cell, offset: head };
  }

  /** Undoes or redoes, and shows where. */
  back(step: "undo" | "redo"): boolean {
    const operations = this.#session[step]();
    const last = operations.at(-1);
    if (last?.type === "edit") this.#editors.get(last.cell)?.reveal(last.changes);
    if (last?.type === "insert") this.focus(last.cell.id, "end");
    return true;
  }

  close(): void {
    this.#typeAhead.take();
    this.#session.listeners.delete(this);
  }

  #sourceOf(id: number): string {
    return this.#session.notebook.get().cells.find((cell) => cell.id === id)?.source ?? "";
  }
}
