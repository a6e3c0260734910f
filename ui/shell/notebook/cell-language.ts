import { ChangeSet } from "@codemirror/state";
import type { LanguageRequest, Renaming, TextEdit } from "../../../kernel/notebook/language.ts";
import { Store } from "../app/store.ts";
import { toast, toastFailure } from "../app/toasts.tsx";
import type { EditorLanguage, EditorRequest } from "../editor/language/editor-language.ts";
import type { Workbench } from "./context.ts";
import type { NotebookSession } from "./session.ts";

/** What is asked of the user. */
export type Asking =
  | { readonly type: "name"; readonly name: string; done(name: string | null): void }
  | {
      readonly type: "text";
      readonly title: string;
      readonly label: string;
      readonly value: string;
      readonly action: string;
      /** Whether no text is an answer too. */
      readonly optional?: boolean;
      done(text: string | null): void;
    }
  | {
      readonly type: "use";
      readonly uses: readonly { readonly cell: number; readonly from: number; readonly line: string }[];
      done(index: number | null): void;
    };

/** The one question that is open, if any is. */
export class Questions {
  readonly open = new Store<Asking | null>(null);

  name(name: string): Promise<string | null> {
    return this.#ask((done) => ({ type: "name", name, done }));
  }

  /** Asks for a line of text; null if the user does not want to. */
  text(question: Omit<Extract<Asking, { type: "text" }>, "type" | "done">): Promise<string | null> {
    return this.#ask((done) => ({ type: "text", ...question, done }));
  }

  use(uses: Extract<Asking, { type: "use" }>["uses"]): Promise<number | null> {
    return this.#ask((done) => ({ type: "use", uses, done }));
  }

  #ask<T>(asking: (done: (answer: T | null) => void) => Asking): Promise<T | null> {
    return new Promise((resolve) => {
      const done = (answer: T | null) => {
        this.open.set(null);
        resolve(answer);
      };
      this.open.set(asking(done));
    });
  }
}

/** The language service as the editor of one cell has it. */
export function cellLanguage({ session, editors, questions }: Workbench, cell: number): EditorLanguage {
  return {
    ask: <T>(request: EditorRequest) => session.language.ask<T>({ ...request, cell } as LanguageRequest),
    apply: (edits, output = null) => applyEdits(session, edits, output),
    show: (place) => {
      if ("cell" in place) editors.focus(place.cell, place.from);
      else toast(`It is defined in ${place.file.replace(/^.*node_modules\//, "")}, line ${place.line}.`);
    },
    choose: async (uses) => {
      const lines = uses.map(({ cell: id, from }) => ({ cell: id, from, line: lineAt(session, id, from) }));
      const chosen = await questions.use(lines);
      const use = chosen === null ? undefined : uses[chosen];
      if (use) editors.focus(use.cell, use.from);
      else editors.focus(cell);
    },
    askName: (name) => questions.name(name),
    tell: toastFailure,
  };
}

/** As one step that can be undone. Edits of a text that has another length by now are left out. */
function applyEdits(session: NotebookSession, edits: readonly TextEdit[], output: Renaming["output"]): void {
  const { cells } = session.notebook.get();
  const operations = cells.flatMap(({ id, source }) => {
    const own = edits.filter(({ cell, to }) => cell === id && to <= source.length);
    if (own.length === 0) return [];
    const changes = own.map(({ from, to, insert }) => ({ from, to, insert }));
    return [{ type: "edit", cell: id, changes: ChangeSet.of(changes, source.length).toJSON() } as const];
  });
  const set = output && ({ type: "set", cell: output.cell, fields: { output: output.name } } as const);
  const all = set ? [...operations, set] : operations;
  if (all.length > 0) session.edit(all);
}

function lineAt(session: NotebookSession, cell: number, offset: number): string {
  const source = session.notebook.get().cells.find(({ id }) => id === cell)?.source ?? "";
  const start = source.lastIndexOf("\n", offset - 1) + 1;
  return source.slice(start).split("\n", 1)[0]?.trim() ?? "";
}
