import { useEffect, useState } from "react";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import { Brand } from "../app/brand.tsx";
import { FailureNote } from "../app/failure-note.tsx";
import { Link } from "../app/link.tsx";
import { useStore } from "../app/store.ts";
import { Banners } from "./banners.tsx";
import { Column } from "./column.tsx";
import { type Workbench, WorkbenchContext } from "./context.ts";
import { Head } from "./head.tsx";
import { InsertMenu } from "./insert/insert-menu.tsx";
import { LanguageDialogs } from "./language-dialogs.tsx";
import { usePageKeys } from "./page-keys.ts";
import { usePageTitle } from "./page-title.ts";
import { Palette } from "./palette.tsx";
import { useLongRuns } from "./use-long-runs.ts";
import { openWorkbench } from "./workbench.ts";
import "../editor/editor.css";
import "./notebook.css";
import "./cell.css";

/** A notebook: its head and its column of cells. */
export function NotebookPage({ path }: { readonly path: string }) {
  const [workbench, setWorkbench] = useState<Workbench | null>(null);
  useEffect(() => {
    const opened = openWorkbench(path);
    setWorkbench(opened);
    return () => opened.close();
  }, [path]);
  if (!workbench) return null;
  return (
    <WorkbenchContext value={workbench}>
      <OpenNotebook workbench={workbench} />
    </WorkbenchContext>
  );
}

function OpenNotebook({ workbench }: { readonly workbench: Workbench }) {
  const { session } = workbench;
  const loaded = useStore(session.state, (state) => state.loaded);
  const failure = useStore(session.state, (state) => state.failure);
  usePageKeys(workbench);
  usePageTitle(workbench);
  useLongRuns(workbench);
  if (!loaded && failure) return <CannotOpen path={session.path} failure={failure} />;
  return (
    <>
      <Head />
      <div className="notebook">
        <Banners />
        <Column />
      </div>
      <LanguageDialogs />
      <Palette />
      <InsertMenu />
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
