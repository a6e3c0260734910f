import { useEffect, useRef } from "react";
import type { Notebook } from "../../../kernel/notebook/document/notebook.ts";
import { client } from "../app/client.ts";
import { useStore } from "../app/store.ts";
import { firstQueryKey } from "../catalog/query-notebook.ts";
import { addCell } from "./actions.ts";
import { AddCell, InsertLine } from "./add-cell.tsx";
import { CellView } from "./cell-view.tsx";
import { useCommandMode } from "./command-mode.ts";
import { useWorkbench, type Workbench } from "./context.ts";
import { FoldPlace } from "./outline/fold-place.tsx";
import { PageLog } from "./page-log.tsx";
import { CellsToRead } from "./view/cells-to-read.tsx";
import { useView } from "./view/view.ts";
import { Welcome } from "./welcome.tsx";

/** The column of cells, with the sandbox behind it. */
export function Column() {
  const workbench = useWorkbench();
  const { session } = workbench;
  const { view } = useView();
  const column = useRef<HTMLElement>(null);
  const open = useStore(session.state, ({ loaded }) => loaded);
  const blank = useStore(session.notebook, isBlank);
  useSandbox(workbench, column);
  useCommandMode(workbench, column);
  useFirstQuery(workbench, open);
  useFocusOfNew(workbench, open && blank && view === "edit");
  return (
    <main className="column" ref={column} aria-label="Cells">
      {view === "edit" ? <CellsToEdit /> : <CellsToRead />}
    </main>
  );
}

function CellsToEdit() {
  const { session } = useWorkbench();
  const ids = useStore(session.notebook, cellIds);
  const open = useStore(session.state, ({ loaded }) => loaded);
  const blank = useStore(session.notebook, isBlank);
  return (
    <>
      {ids.length > 0 ? <InsertLine after={null} /> : null}
      {ids.map((id) => (
        <FoldPlace key={id} id={id}>
          <CellView id={id} />
          <InsertLine after={id} />
        </FoldPlace>
      ))}
      {open && blank ? <Welcome /> : null}
      {open ? <AddCell after={ids.at(-1) ?? null} /> : null}
      <PageLog />
    </>
  );
}

/** Whether nothing but a heading has been written. */
function isBlank({ cells }: Notebook): boolean {
  return cells.length <= 2 && cells.every((cell) => cell.mode === "md" || cell.source === "");
}

let lastIds: readonly number[] = [];

/** Ids of the cells; the same list as long as they are the same. */
function cellIds(notebook: Notebook): readonly number[] {
  const { cells } = notebook;
  const same = cells.length === lastIds.length && cells.every((cell, index) => cell.id === lastIds[index]);
  if (!same) lastIds = cells.map((cell) => cell.id);
  return lastIds;
}

function useSandbox({ session, layout }: Workbench, column: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = column.current;
    if (!element) return;
    layout.setColumn(element);
    session.sandbox.attach(async () => (await client.session()).sandbox, element);
  }, [session, layout, column]);
}

/** A notebook that was made to query a table begins with that query. */
function useFirstQuery(workbench: Workbench, open: boolean): void {
  const { session } = workbench;
  useEffect(() => {
    const key = firstQueryKey(session.path);
    const query = open ? sessionStorage.getItem(key) : null;
    if (query === null) return;
    sessionStorage.removeItem(key);
    const first = session.notebook.get().cells[0];
    const id = addCell(workbench, "sql", first?.id ?? null);
    session.edit([{ type: "edit", cell: id, changes: [[0, ...query.split("\n")]] }]);
    session.run([id]);
  }, [workbench, session, open]);
}

/** In a new notebook one can type at once. */
function useFocusOfNew({ session, editors }: Workbench, isNew: boolean): void {
  useEffect(() => {
    if (!isNew || document.activeElement !== document.body) return;
    const empty = session.notebook.get().cells.find((cell) => cell.mode !== "md");
    if (empty) editors.focus(empty.id);
  }, [session, editors, isNew]);
}
