import {
  type CompletionContext,
  type CompletionResult,
  type Completion as EditorCompletion,
  insertCompletionText,
  pickedCompletion,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { Completion, Completions, Explanation } from "../../../../kernel/notebook/language.ts";
import { docView } from "./doc-view.ts";
import type { EditorLanguage } from "./editor-language.ts";

/** Characters after which a list is asked for by itself. */
const triggers = /[.'"`/@]$|\b(?:from|join)\s$/i;
const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Completions of the language service. */
export function languageCompletion(language: EditorLanguage) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = context.state.sliceDoc(line.from, context.pos);
    const trigger = triggers.exec(before)?.[0].slice(-1) ?? null;
    if (!context.explicit && !trigger && !word.test(before)) return null;
    const found = await language.ask<Completions>({ type: "complete", at: context.pos, trigger });
    if (!found || context.aborted || found.items.length === 0) return null;
    const from = Math.min(found.from, context.pos);
    return {
      from,
      options: found.items.map((item) => optionOf(item, language)),
      validFor: found.partial ? (text) => text.length <= context.pos - from : /^[\p{ID_Continue}$]*$/u,
    };
  };
}

function optionOf(item: Completion, language: EditorLanguage): EditorCompletion {
  const { label, kind, detail, sort, data } = item;
  const explain = () => language.ask<Explanation>({ type: "explain", data });
  return {
    label,
    type: kind,
    boost: boostOf(sort),
    ...(detail ? { detail } : {}),
    ...(data === undefined ? {} : { info: async () => infoOf(await explain().catch(() => null)) }),
    apply: (view, completion, from, to) => {
      insert(view, completion, item, { from, to });
      if (data !== undefined && detail) void importFor(explain, language);
    },
  };
}

function insert(
  view: EditorView,
  completion: EditorCompletion,
  { insert: text, label }: Completion,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  view.dispatch({
    ...insertCompletionText(view.state, text ?? label, from, to),
    annotations: pickedCompletion.of(completion),
  });
}

/** What was picked may come from a module that the cell has to import first. */
async function importFor(
  explain: () => Promise<Explanation | null>,
  language: EditorLanguage,
): Promise<void> {
  const explanation = await explain().catch(() => null);
  if (explanation && explanation.edits.length > 0) language.apply(explanation.edits);
}

function infoOf(explanation: Explanation | null): Node | null {
  return explanation?.text.trim() ? docView(explanation.text) : null;
}

/** The server's order of kinds: what is near before what is global, what must be imported last. */
function boostOf(sort: string): number {
  const rank = Number.parseInt(sort, 10);
  return Number.isNaN(rank) ? 0 : Math.max(-99, 12 - rank);
}
