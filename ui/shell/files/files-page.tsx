import { Brand } from "../app/brand.tsx";
import { SettingsButton } from "../settings/settings-button.tsx";
import { FilesPanel } from "./files-panel.tsx";
import "../editor/editor.css";

/** The files of the workspace, without a notebook. */
export function FilesPage() {
  return (
    <div className="page files-page">
      <header className="top">
        <Brand />
        <div className="spring" />
        <SettingsButton />
      </header>
      <main>
        <h1>Files</h1>
        <FilesPanel />
      </main>
    </div>
  );
}
