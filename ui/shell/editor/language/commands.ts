import { EditorView, type KeyBinding, keymap } from "@codemirror/view";
import type {
  CellSpan,
  Definition,
  Fix,
  Renaming,
  Span,
  TextEdit,
} from "../../../../kernel/notebook/language.ts";
import type { EditorLanguage } from "./editor-language.ts";

/** Keys and clicks that ask the language service. */
export function languageCommands(language: EditorLanguage) {
  const command = (act: (view: EditorView) => Promise<void>) => (view: EditorView) => {
    act(view).catch((error) => language.tell(error));
    return true;
  };
  const keys: readonly KeyBinding[] = [
    { key: "F12", run: command((view) => goToDefinition(language, head(view))), preventDefault: true },
    { key: "Shift-F12", run: command((view) => showReferences(language, view)), preventDefault: true },
    { key: "F2", run: command((view) => renameAt(language, view)), preventDefault: true },
    { key: "Shift-Alt-f", run: command(() => format(language)), preventDefault: true },
    { key: "Mod-;", run: command((view) => fixFirst(language, view)), preventDefault: true },
  ];
  const follow = EditorView.domEventHandlers({
    mousedown: (event, view) => {
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (!(event.metaKey || event.ctrlKey) || event.button !== 0 || at === null) return false;
      goToDefinition(language, at).catch((error) => language.tell(error));
      return true;
    },
  });
  return [keymap.of([...keys]), follow];
}

const head = (view: EditorView) => view.state.selection.main.head;

async function goToDefinition(language: EditorLanguage, at: number): Promise<void> {
  const found = await language.ask<Definition>({ type: "definition", at });
  if (found) language.show(found);
}

async function showReferences(language: EditorLanguage, view: EditorView): Promise<void> {
  const uses = await language.ask<CellSpan[]>({ type: "references", at: head(view) });
  if (uses && uses.length > 0) language.choose(uses);
}

async function renameAt(language: EditorLanguage, view: EditorView): Promise<void> {
  const at = head(view);
  const span = await language.ask<Span>({ type: "rename", at, name: null });
  if (!span) return;
  const name = await language.askName(view.state.sliceDoc(span.from, span.to));
  if (name === null) return;
  const renaming = await language.ask<Renaming>({ type: "rename", at: span.from, name });
  if (renaming) language.apply(renaming.edits, renaming.output);
  view.focus();
}

async function format(language: EditorLanguage): Promise<void> {
  const edits = await language.ask<TextEdit[]>({ type: "format" });
  if (edits) language.apply(edits);
}

/** Does the first thing that mends the mistake at the cursor. */
async function fixFirst(language: EditorLanguage, view: EditorView): Promise<void> {
  const { from, to } = view.state.selection.main;
  const [fix] = (await language.ask<Fix[]>({ type: "fixes", from, to })) ?? [];
  if (fix) language.apply(fix.edits);
}
