import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** Marks the line of an offset, or none. */
export const markLine = StateEffect.define<number | null>();

const mark = Decoration.line({ class: "failed-line" });

/** A dot before the line that failed; it goes with the line while one types. */
export const failedLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markLine)) continue;
      const { value } = effect;
      next =
        value === null
          ? Decoration.none
          : Decoration.set(mark.range(transaction.state.doc.lineAt(value).from));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
