/** Runs in a page: many plain CodeMirror editors, as a page without a thought for their number makes them. */
import { javascript } from "@codemirror/lang-javascript";
import { defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView, lineNumbers } from "@codemirror/view";

function mountAll(sources: readonly string[]): Promise<number> {
  const start = performance.now();
  for (const doc of sources) {
    const language = [javascript({ typescript: true }), syntaxHighlighting(defaultHighlightStyle)];
    new EditorView({ doc, extensions: [lineNumbers(), language], parent: document.body });
  }
  document.body.getBoundingClientRect();
  return new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))),
  );
}

Object.assign(globalThis, { mountAll });
