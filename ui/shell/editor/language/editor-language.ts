import type {
  CellSpan,
  Definition,
  LanguageRequest,
  Renaming,
  TextEdit,
} from "../../../../kernel/notebook/language.ts";

type WithoutCell<T> = T extends unknown ? Omit<T, "cell"> : never;

/** A question about the editor's own cell. */
export type EditorRequest = WithoutCell<LanguageRequest>;

/** What an editor can ask and do beyond its own text. */
export interface EditorLanguage {
  /** @returns null where there is nothing to say */
  ask<T>(request: EditorRequest): Promise<T | null>;
  /** Changes any cells' texts, and the name of a cell's result, as one step that can be undone. */
  apply(edits: readonly TextEdit[], output?: Renaming["output"]): void;
  /** Shows where something is defined. */
  show(definition: Definition): void;
  /** Lets the user choose among uses of a name. */
  choose(uses: readonly CellSpan[]): void;
  /** Asks for a new name; null if the user does not want to. */
  askName(name: string): Promise<string | null>;
  /** Tells why something could not be done. */
  tell(error: unknown): void;
}
