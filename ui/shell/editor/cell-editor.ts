import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import type { SQLNamespace } from "@codemirror/lang-sql";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, selectNextOccurrence } from "@codemirror/search";
import {
  Annotation,
  ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  Prec,
} from "@codemirror/state";
import { drawSelection, EditorView, type KeyBinding, keymap, placeholder } from "@codemirror/view";
import type { TextChange } from "../../../kernel/notebook/document/operations.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { Problem } from "../../../kernel/notebook/language.ts";
import { failedLine, markLine } from "./failed-line.ts";
import { type FoundMatch, foundMatches, markFound } from "./found-matches.ts";
import { highlighter } from "./highlight.ts";
import type { EditorLanguage } from "./language/editor-language.ts";
import { languageSupport } from "./language/language.ts";
import { languageOf } from "./languages.ts";
import { problemMarks } from "./problems.ts";
import { theme } from "./theme.ts";

/** What an editor tells the notebook. */
export interface EditorEvents {
  edited(changes: TextChange): void;
  /** Escape, when there is nothing to close in the editor. */
  left(): void;
  /** Keys that mean the notebook, not the text. */
  readonly keys: readonly KeyBinding[];
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly mode: string;
  readonly source: string;
  readonly hint: string;
  readonly tables: SQLNamespace;
  readonly language: EditorLanguage;
  readonly events: EditorEvents;
}

/** Marks a change that came from the notebook (undo, another tab), so that it is not sent back. */
const fromNotebook = Annotation.define<boolean>();

/** A cell's editor. The notebook owns undo, so there is no history here. */
export class CellEditor {
  readonly view: EditorView;
  readonly #language = new Compartment();
  readonly #hint = new Compartment();
  readonly #service: EditorLanguage;

  constructor(options: EditorOptions) {
    const { parent, label, mode, source, hint, tables, events } = options;
    this.#service = options.language;
    const language = this.#language.of(this.#languageOf(mode, tables));
    const state = EditorState.create({
      doc: source,
      extensions: [
        Prec.highest(keymap.of([...events.keys])),
        language,
        this.#hint.of(placeholder(hint)),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of((update) => {
          const own = update.transactions.some((each) => each.docChanged && !each.annotation(fromNotebook));
          if (own) events.edited(update.changes.toJSON());
        }),
        setup,
        Prec.lowest(keymap.of([{ key: "Escape", run: () => leave(events) }])),
      ],
    });
    this.view = new EditorView({ state, parent });
  }

  /** Applies a change made elsewhere; the cursor stays where it is in the text. */
  apply(changes: TextChange): void {
    this.view.dispatch({ changes: ChangeSet.fromJSON(changes), annotations: fromNotebook.of(true) });
  }

  /** Shows another text. */
  replace(source: string): void {
    const { doc } = this.view.state;
    if (doc.toString() === source) return;
    const changes = { from: 0, to: doc.length, insert: source };
    this.view.dispatch({ changes, annotations: fromNotebook.of(true) });
  }

  /** Puts the cursor where an undone or redone change ends, and shows it. */
  reveal(changes: TextChange): void {
    const set = ChangeSet.fromJSON(changes);
    let end = 0;
    set.iterChangedRanges((_fromA, _toA, _fromB, toB) => {
      end = toB;
    });
    this.goTo(end);
  }

  /** Puts text in at the cursor, as typing does. */
  type(text: string): void {
    if (text !== "") this.view.dispatch(this.view.state.replaceSelection(text), { userEvent: "input.type" });
  }

  /** Selects a part of the text and focuses. */
  select(from: number, to: number): void {
    const { length } = this.view.state.doc;
    const selection = { anchor: Math.min(from, length), head: Math.min(to, length) };
    this.view.dispatch({ selection, scrollIntoView: true });
    this.view.focus();
  }

  /** Moves the cursor to a position and focuses. */
  goTo(position: number): void {
    const anchor = Math.max(0, Math.min(position, this.view.state.doc.length));
    this.view.dispatch({ selection: { anchor }, scrollIntoView: true });
    this.view.focus();
  }

  setLanguage(mode: string, tables: SQLNamespace, hint: string): void {
    this.view.dispatch({
      effects: [
        this.#language.reconfigure(this.#languageOf(mode, tables)),
        this.#hint.reconfigure(placeholder(hint)),
      ],
    });
  }

  /** Underlines the place of a failure, and mistakes elsewhere. */
  showProblems(failure: Failure | undefined, problems: readonly Problem[]): void {
    const { state } = this.view;
    const failed = failure ? diagnosticOf(state, failure) : null;
    const others = problemMarks(state, problems).filter(({ from }) => from !== failed?.from);
    this.view.dispatch(setDiagnostics(state, failed ? [failed, ...others] : others), {
      effects: markLine.of(failed?.from ?? null),
    });
  }

  /** Marks what was found in the text. */
  showFound(matches: readonly FoundMatch[]): void {
    this.view.dispatch({ effects: markFound.of(matches) });
  }

  /** Scrolls a part of the text into view; the focus stays where it is. */
  scrollTo(from: number, to: number): void {
    const { length } = this.view.state.doc;
    const range = EditorSelection.range(Math.min(from, length), Math.min(to, length));
    this.view.dispatch({ effects: EditorView.scrollIntoView(range, { y: "center" }) });
  }

  #languageOf(mode: string, tables: SQLNamespace): Extension {
    return [languageOf(mode, tables) ?? [], languageSupport(this.#service, mode)];
  }

  destroy(): void {
    this.view.destroy();
  }
}

function leave(events: EditorEvents): boolean {
  events.left();
  return true;
}

const setup = [
  EditorState.lineSeparator.of("\n"),
  EditorState.tabSize.of(2),
  indentUnit.of("  "),
  EditorView.lineWrapping,
  drawSelection(),
  syntaxHighlighting(highlighter),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  highlightSelectionMatches(),
  failedLine,
  foundMatches,
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    { key: "Mod-d", run: selectNextOccurrence, preventDefault: true },
    ...defaultKeymap.filter(({ key, mac }) => key !== "Mod-Enter" && mac !== "Mod-Enter"),
    indentWithTab,
  ]),
  theme,
];

/** Offset of a line and column (both from 1) in the text; the nearest one if the text has changed since. */
export function offsetOf(state: EditorState, line: number, column: number): number {
  const row = state.doc.line(Math.max(1, Math.min(line, state.doc.lines)));
  return Math.min(row.to, row.from + Math.max(0, column - 1));
}

function diagnosticOf(state: EditorState, failure: Failure): Diagnostic | null {
  if (failure.line === undefined) return null;
  const from = offsetOf(state, failure.line, failure.column ?? 1);
  const word = state.wordAt(from);
  const to = Math.min(state.doc.length, Math.max(word?.to ?? 0, from + 1));
  const message = failure.remedy ? `${failure.message}\n${failure.remedy}` : failure.message;
  return { from: Math.min(from, Math.max(0, to - 1)), to, severity: "error", message };
}
