import { StateEffect, StateField } from "@codemirror/state";
import {
  type EditorView,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { Signature } from "../../../../kernel/notebook/language.ts";
import { docView } from "./doc-view.ts";
import type { EditorLanguage } from "./editor-language.ts";

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update: (value, { effects }) =>
    effects.reduce((last, effect) => (effect.is(show) ? effect.value : last), value),
  provide: (field) => showTooltip.from(field),
});

/** While the cursor is in the brackets of a call: what the call takes. */
export function languageSignature(language: EditorLanguage) {
  const plugin = ViewPlugin.define((view) => new SignatureHelp(view, language));
  const close = { key: "Escape", run: (view: EditorView) => view.plugin(plugin)?.close() ?? false };
  return [shown, plugin, keymap.of([close])];
}

class SignatureHelp {
  readonly #view: EditorView;
  readonly #language: EditorLanguage;
  #asked = 0;

  constructor(view: EditorView, language: EditorLanguage) {
    this.#view = view;
    this.#language = language;
  }

  update({ docChanged, selectionSet, transactions, state, focusChanged }: ViewUpdate): void {
    const typed = docChanged && transactions.some((each) => each.isUserEvent("input"));
    const { head } = state.selection.main;
    const opened = typed && /[(,<]\s?$/.test(state.sliceDoc(Math.max(0, head - 2), head));
    const isOpen = state.field(shown) !== null;
    if (focusChanged && !this.#view.hasFocus) return this.#later(null);
    // The notebook hears of the change after this.
    if (opened || (isOpen && (docChanged || selectionSet))) queueMicrotask(() => void this.#ask(head));
  }

  close(): boolean {
    this.#asked++;
    if (this.#view.state.field(shown) === null) return false;
    this.#view.dispatch({ effects: show.of(null) });
    return true;
  }

  async #ask(at: number): Promise<void> {
    const asked = ++this.#asked;
    const found = await this.#language.ask<Signature>({ type: "signature", at }).catch(() => null);
    if (asked !== this.#asked) return;
    this.#later(found && { pos: at, above: true, create: () => ({ dom: signatureView(found) }) });
  }

  /** An update may not start another one. */
  #later(tooltip: Tooltip | null): void {
    queueMicrotask(() => {
      if (tooltip === null && this.#view.state.field(shown) === null) return;
      this.#view.dispatch({ effects: show.of(tooltip) });
    });
  }
}

function signatureView({ label, parameter, text, index, count }: Signature): HTMLElement {
  const view = document.createElement("div");
  view.className = "doc signature";
  const code = document.createElement("pre");
  code.className = "doc-code";
  const { from, to } = parameter ?? { from: 0, to: 0 };
  const present = document.createElement("b");
  present.textContent = label.slice(from, to);
  code.append(label.slice(0, from), present, label.slice(to));
  view.append(code);
  if (count > 1) view.append(`${index} of ${count}`);
  if (text.trim()) view.append(docView(text));
  return view;
}
