import { useCallback, useEffect, useMemo, useState } from "react";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import { Brand } from "../app/brand.tsx";
import { FailureNote } from "../app/failure-note.tsx";
import { Link } from "../app/link.tsx";
import type { NotebookView } from "../app/router.ts";
import { useStore } from "../app/store.ts";
import { Banners } from "./banners.tsx";
import { Column } from "./column.tsx";
import { useWorkbench, type Workbench, WorkbenchContext } from "./context.ts";
import { Dock } from "./dock/dock.tsx";
import { FindBar } from "./find/find-bar.tsx";
import { Head } from "./head.tsx";
import { InsertMenu } from "./insert/insert-menu.tsx";
import { LanguageDialogs } from "./language-dialogs.tsx";
import { usePageKeys } from "./page-keys.ts";
import { usePageTitle } from "./page-title.ts";
import { Palette } from "./palette.tsx";
import { useLongRuns } from "./use-long-runs.ts";
import { AppBar } from "./view/app-bar.tsx";
import { SlideBar } from "./view/slide-bar.tsx";
import { useView, ViewContext } from "./view/view.ts";
import { openWorkbench } from "./workbench.ts";
import "../editor/editor.css";
import "./notebook.css";
import "./cell.css";
import "./view/view.css";

interface Props {
  readonly path: string;
  readonly view: NotebookView;
  readonly slide: number;
}

/** A notebook: its head and its column of cells. */
export function NotebookPage({ path, view, slide }: Props) {
  const [workbench, setWorkbench] = useState<Workbench | null>(null);
  const [code, setCode] = useState(false);
  const toggleCode = useCallback(() => setCode((now) => !now), []);
  const shown = useMemo(() => ({ view, slide, code }), [view, slide, code]);
  const [first] = useState(path);
  useEffect(() => {
    const opened = openWorkbench(first);
    setWorkbench(opened);
    return () => opened.close();
  }, [first]);
  if (!workbench) return null;
  return (
    <WorkbenchContext value={workbench}>
      <ViewContext value={shown}>
        <OpenNotebook workbench={workbench} onCode={toggleCode} />
      </ViewContext>
    </WorkbenchContext>
  );
}

interface OpenProps {
  readonly workbench: Workbench;
  readonly onCode: () => void;
}

function OpenNotebook({ workbench, onCode }: OpenProps) {
  const { session } = workbench;
  const { view } = useView();
  const loaded = useStore(session.state, (state) => state.loaded);
  const failure = useStore(session.state, (state) => state.failure);
  usePageTitle(workbench);
  useLongRuns(workbench);
  if (!loaded && failure) return <CannotOpen path={session.path} failure={failure} />;
  return (
    <>
      {view === "edit" ? <Head /> : null}
      <div className={view === "edit" ? "desk" : undefined}>
        <div className="notebook" data-view={view}>
          <Banners />
          <Column />
        </div>
      </div>
      {view === "edit" ? <EditParts /> : null}
      {view === "slides" ? <SlideBar onCode={onCode} /> : null}
      {view === "app" ? <AppBar /> : null}
    </>
  );
}

/** What only editing needs. */
function EditParts() {
  usePageKeys(useWorkbench());
  return (
    <>
      <Dock />
      <LanguageDialogs />
      <Palette />
      <InsertMenu />
      <FindBar />
    </>
  );
}

interface CannotOpenProps {
  readonly path: string;
  readonly failure: Failure;
}

function CannotOpen({ path, failure }: CannotOpenProps) {
  return (
    <div className="page">
      <header className="top">
        <Brand />
      </header>
      <main style={{ display: "grid", gap: 12 }}>
        <h1>{path}</h1>
        <FailureNote failure={failure} />
        <p>
          <Link href="/">Back to the notebooks</Link>
        </p>
      </main>
    </div>
  );
}
