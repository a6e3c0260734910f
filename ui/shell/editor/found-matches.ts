import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** A place to be marked as found. */
export interface FoundMatch {
  readonly from: number;
  readonly to: number;
  /** Whether it is the one that the user stands at. */
  readonly present: boolean;
}

/** Marks what was found in the text, in place of what was marked. */
export const markFound = StateEffect.define<readonly FoundMatch[]>();

const mark = Decoration.mark({ class: "found-match" });
const presentMark = Decoration.mark({ class: "found-match present" });

export const foundMatches = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, newDoc }) {
    let next = marks.map(changes);
    for (const effect of effects) if (effect.is(markFound)) next = decorations(effect.value, newDoc.length);
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The text may be another by now. */
function decorations(found: readonly FoundMatch[], length: number): DecorationSet {
  const there = found.filter(({ to }) => to <= length);
  return Decoration.set(there.map(({ from, to, present }) => (present ? presentMark : mark).range(from, to)));
}
