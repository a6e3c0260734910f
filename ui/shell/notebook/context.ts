import type { SQLNamespace } from "@codemirror/lang-sql";
import { createContext, useContext } from "react";
import type { Cell, Notebook } from "../../../kernel/notebook/document/notebook.ts";
import { type Store, useStore } from "../app/store.ts";
import type { Questions } from "./cell-language.ts";
import type { CellSelection } from "./cell-selection.ts";
import { type CellState, untold } from "./cell-states.ts";
import type { ColumnLayout } from "./column-layout.ts";
import type { DockState } from "./dock/dock-state.ts";
import type { Editors } from "./editors.ts";
import type { FindState } from "./find/find-state.ts";
import type { Folds } from "./folds.ts";
import type { InsertMenuState } from "./insert/insertion.ts";
import type { FoldedSections } from "./outline/folded-sections.ts";
import type { NotebookSession } from "./session.ts";

/** What the parts of an open notebook's page share. */
export interface Workbench {
  readonly session: NotebookSession;
  readonly editors: Editors;
  readonly folds: Folds;
  readonly layout: ColumnLayout;
  readonly questions: Questions;
  readonly selection: CellSelection;
  readonly find: FindState;
  readonly sections: FoldedSections;
  readonly insertMenu: InsertMenuState;
  readonly dock: DockState;
  /** Tables of the catalog, for completion in SQL. */
  readonly tables: Store<SQLNamespace>;
  close(): void;
}

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error("no notebook is open around this component");
  return workbench;
}

const indexes = new WeakMap<Notebook, ReadonlyMap<number, Cell>>();

/** Cells by id; made once for each state of the notebook. */
function indexOf(notebook: Notebook): ReadonlyMap<number, Cell> {
  const known = indexes.get(notebook);
  if (known) return known;
  const index = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  indexes.set(notebook, index);
  return index;
}

export function useCell(session: NotebookSession, id: number): Cell | undefined {
  return useStore(session.notebook, (notebook) => indexOf(notebook).get(id));
}

export function useCellState(session: NotebookSession, id: number): CellState {
  return useStore(session.cells, (states) => states.get(id) ?? untold);
}
