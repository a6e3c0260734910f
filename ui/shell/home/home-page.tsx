import { Database, FilePlus2, FolderOpen } from "lucide-react";
import { useEffect, useState } from "react";
import type { Home } from "../../../kernel/notebook/api.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import { Brand } from "../app/brand.tsx";
import { client } from "../app/client.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { Link } from "../app/link.tsx";
import { useLoad } from "../app/load.ts";
import { go, notebookHref } from "../app/router.ts";
import { toastFailure } from "../app/toasts.tsx";
import { SettingsButton } from "../settings/settings-button.tsx";
import { AddData } from "./add-data.tsx";
import { DropZone } from "./drop-zone.tsx";
import { NotebookList } from "./notebook-list.tsx";
import { matches, SearchBox } from "./search-box.tsx";
import { TableList } from "./table-list.tsx";
import { TemplateList } from "./template-list.tsx";
import type { Dropped } from "./upload.ts";
import "./home.css";

type Adding = { readonly dropped: readonly Dropped[] } | null;

export function HomePage() {
  const [home, reload] = useLoad(client.home, "home");
  const [adding, setAdding] = useState<Adding>(null);
  useReloadOnReturn(reload);
  return (
    <DropZone onDrop={(dropped) => setAdding({ dropped })}>
      <div className="page home">
        <header className="top">
          <Brand />
          <div className="spring" />
          <SettingsButton />
          <Link href="/files" className="button">
            <FolderOpen size={15} /> <span className="wide">Files</span>
          </Link>
          <button type="button" className="button" onClick={() => setAdding({ dropped: [] })}>
            <Database size={15} /> Add data
          </button>
          <button type="button" className="button primary" onClick={createNotebook}>
            <FilePlus2 size={15} /> New notebook
          </button>
        </header>
        <main>
          {home.state === "failed" ? <HomeFailure failure={home.failure} retry={reload} /> : null}
          {home.state === "ready" ? (
            <HomeLists home={home.value} reload={reload} onAddData={() => setAdding({ dropped: [] })} />
          ) : null}
        </main>
      </div>
      {adding ? (
        <AddData
          start={home.state === "ready" ? home.value.workspace.path : ""}
          dropped={adding.dropped}
          onClose={() => setAdding(null)}
          onDone={reload}
        />
      ) : null}
    </DropZone>
  );
}

function HomeFailure({ failure, retry }: { readonly failure: Failure; readonly retry: () => void }) {
  return (
    <FailureNote failure={failure}>
      <button type="button" className="link" onClick={retry}>
        Try again
      </button>
    </FailureNote>
  );
}

interface ListsProps {
  readonly home: Home;
  readonly reload: () => void;
  readonly onAddData: () => void;
}

function HomeLists({ home, reload, onAddData }: ListsProps) {
  const [words, setWords] = useState("");
  const notebooks = home.notebooks
    .filter((entry) => matches(words, entry.title, entry.summary, entry.path))
    .sort((a, b) => b.modified.localeCompare(a.modified));
  const templates = home.templates.filter((entry) => matches(words, entry.title, entry.summary, entry.path));
  const tables = home.tables.filter((table) =>
    matches(words, `${table.database}.${table.name}`, ...table.columns.map((column) => column.name)),
  );
  const nothing = words !== "" && notebooks.length + templates.length + tables.length === 0;
  return (
    <>
      <div className="workspace">
        <h1>{home.workspace.name}</h1>
        <code className="muted">{home.workspace.path}</code>
      </div>
      <SearchBox value={words} onChange={setWords} />
      {nothing ? <p className="nothing">Nothing here is called “{words}”.</p> : null}
      <NotebookList entries={notebooks} filtered={words !== ""} reload={reload} onCreate={createNotebook} />
      <TableList tables={tables} filtered={words !== ""} onAddData={onAddData} />
      <TemplateList entries={templates} />
    </>
  );
}

async function createNotebook(): Promise<void> {
  try {
    const { path } = await client.create("Untitled");
    go(notebookHref(path));
  } catch (error) {
    toastFailure(error);
  }
}

/** Another tab or program may have changed the workspace meanwhile. */
function useReloadOnReturn(reload: () => void): void {
  useEffect(() => {
    window.addEventListener("focus", reload);
    return () => window.removeEventListener("focus", reload);
  }, [reload]);
}
