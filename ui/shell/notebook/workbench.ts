import type { SQLNamespace } from "@codemirror/lang-sql";
import type { TableEntry } from "../../../kernel/notebook/api.ts";
import { client } from "../app/client.ts";
import { Store } from "../app/store.ts";
import { Questions } from "./cell-language.ts";
import { CellSelection } from "./cell-selection.ts";
import type { Workbench } from "./context.ts";
import { DockState } from "./dock/dock-state.ts";
import { Editors } from "./editors.ts";
import { FindState } from "./find/find-state.ts";
import { Folds } from "./folds.ts";
import { InsertMenuState } from "./insert/insertion.ts";
import { FoldedSections } from "./outline/folded-sections.ts";
import { NotebookSession } from "./session.ts";

/** Opens a notebook for a page; `close` when the page goes. */
export function openWorkbench(path: string): Workbench {
  const session = new NotebookSession(path);
  const editors = new Editors(session);
  const tables = new Store<SQLNamespace>({});
  const loadTables = () =>
    client.home().then(
      (home) => tables.set(namespaceOf(home.tables)),
      () => {},
    );
  session.catalogChanged.subscribe(() => void loadTables());
  void loadTables();
  const close = () => {
    editors.close();
    session.close();
  };
  const { layout } = session.sandbox;
  const sections = new FoldedSections(session);
  const selection = new CellSelection(session, (id) => sections.hidden.get().has(id));
  const questions = new Questions();
  return {
    session,
    editors,
    folds: new Folds(path),
    layout,
    questions,
    selection,
    sections,
    find: new FindState(session, editors),
    insertMenu: new InsertMenuState(),
    dock: new DockState(),
    tables,
    close,
  };
}

/** Tables and columns as SQL completion wants them. */
function namespaceOf(tables: readonly TableEntry[]): SQLNamespace {
  const databases: Record<string, Record<string, string[]>> = {};
  for (const { database, name, columns } of tables) {
    databases[database] ??= {};
    databases[database][name] = columns.map((column) => column.name);
  }
  return databases;
}
