import { CornerLeftUp, File, Folder as FolderIcon } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Folder } from "../../../kernel/notebook/api.ts";
import { client } from "../app/client.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { bytesText, plural } from "../app/format.ts";
import { useLoad } from "../app/load.ts";

interface Props {
  readonly start: string;
  readonly onChoose: (path: string) => void;
  readonly onCancel: () => void;
}

/** Chooses a folder on the server's machine, by browsing or by typing its path. */
export function FolderPicker({ start, onChoose, onCancel }: Props) {
  const [path, setPath] = useState(start);
  const [folder] = useLoad(() => client.folder(path), path);
  const [typed, setTyped] = useState<string | null>(null);
  const here = folder.state === "ready" ? folder.value.path : path;
  const visit = (next: string) => {
    setTyped(null);
    setPath(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== null && typed !== here) visit(typed);
    else onChoose(here);
  };
  return (
    <form onSubmit={submit} style={{ display: "grid", gap: 12 }}>
      <p className="muted">
        Files stay where they are; only the catalog learns of them. You can also drop files onto the page.
      </p>
      <label className="field">
        <span className="label">Folder on the server’s machine</span>
        <input
          className="input"
          value={typed ?? here}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {folder.state === "failed" ? <FailureNote failure={folder.failure} /> : null}
      {folder.state === "ready" ? <FolderView folder={folder.value} onVisit={visit} /> : null}
      <div className="actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={here === "" && typed === null}>
          {typed !== null && typed !== here ? "Open folder" : "Add this folder"}
        </button>
      </div>
    </form>
  );
}

interface FolderViewProps {
  readonly folder: Folder;
  readonly onVisit: (path: string) => void;
}

function FolderView({ folder, onVisit }: FolderViewProps) {
  const { parent } = folder;
  const bytes = folder.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <>
      <ul className="folder" aria-label={`Folder ${folder.path}`}>
        {parent === null ? null : (
          <FolderButton
            label="Parent folder"
            icon={<CornerLeftUp size={15} />}
            onClick={() => onVisit(parent)}
          />
        )}
        {folder.folders.map((name) => (
          <FolderButton
            key={name}
            label={name}
            icon={<FolderIcon size={15} />}
            onClick={() => onVisit(`${folder.path.replace(/\/$/, "")}/${name}`)}
          />
        ))}
        {folder.files.map((file) => (
          <li key={file.name} className="file">
            <File size={15} aria-hidden="true" /> {file.name}
            <span className="number">{bytesText(file.bytes)}</span>
          </li>
        ))}
      </ul>
      <p className="muted number">
        {folder.files.length === 0
          ? "No data files right here; folders below are looked through too."
          : `${plural(folder.files.length, "data file")} here, ${bytesText(bytes)}. Folders below are looked through too.`}
      </p>
    </>
  );
}

interface FolderButtonProps {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly onClick: () => void;
}

function FolderButton({ label, icon, onClick }: FolderButtonProps) {
  return (
    <li>
      <button type="button" onClick={onClick}>
        {icon} {label}
      </button>
    </li>
  );
}
