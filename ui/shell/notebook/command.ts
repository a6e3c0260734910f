import type { Workbench } from "./context.ts";

/** Something that can be done to the notebook. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Keys everywhere: "Mod-Enter". */
  readonly shortcut?: string;
  /** Keys while a cell is selected and no text is edited: "d d". */
  readonly keys?: string;
  run(): void;
}

/** The cells that a command is about: the one that is edited, or those that are selected. */
export function chosenCells({ selection, editors }: Workbench): number[] {
  const edited = editors.focused();
  return edited === null ? selection.ids : [edited];
}
