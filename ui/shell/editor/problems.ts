import type { Diagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import type { Problem } from "../../../kernel/notebook/language.ts";

/** Mistakes as the editor marks them. The text may have changed since they were found. */
export function problemMarks(state: EditorState, problems: readonly Problem[]): Diagnostic[] {
  const { length } = state.doc;
  return problems.flatMap(({ from, to, severity, message }) => {
    if (from > length) return [];
    const end = Math.min(length, Math.max(to, from + 1));
    return [{ from: Math.min(from, end), to: end, severity, message }];
  });
}
