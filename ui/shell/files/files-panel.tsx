import { Download, FilePlus2, FolderInput, FolderPlus, PencilLine, Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import type { FileEntry } from "../../../kernel/notebook/api.ts";
import { fileHref } from "../app/client.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { countText } from "../app/format.ts";
import type { Choice, ChoiceGroup } from "../app/menu.tsx";
import { Prompt } from "../app/prompt.tsx";
import { go, notebookHref } from "../app/router.ts";
import { FileTree } from "./file-tree.tsx";
import { Preview } from "./preview.tsx";
import { folderOf, joined, nameOf } from "./tree.ts";
import { type Files, useFiles } from "./use-files.ts";
import "./files.css";

type Question =
  | { readonly ask: "rename" | "move"; readonly entry: FileEntry }
  | { readonly ask: "folder" | "file"; readonly folder: string };

/** The files of the workspace: made, moved, brought in, looked into, taken out, deleted. */
export function FilesPanel() {
  const files = useFiles();
  const [selected, setSelected] = useState<FileEntry | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const open = (entry: FileEntry) =>
    entry.kind === "notebook" ? go(notebookHref(entry.path)) : setSelected(entry);
  return (
    <div className="files">
      <Tools files={files} ask={setQuestion} />
      {files.failure ? <FailureNote failure={files.failure} /> : null}
      <UploadState files={files} />
      <FileTree
        files={files}
        selected={selected?.path ?? null}
        onSelect={setSelected}
        onOpen={open}
        groupsFor={(entry) => groupsOf(entry, { files, ask: setQuestion, preview: setSelected, open })}
      />
      {selected ? <Preview key={selected.path} entry={selected} onClose={() => setSelected(null)} /> : null}
      {question ? <Ask question={question} files={files} onClose={() => setQuestion(null)} /> : null}
    </div>
  );
}

function Tools({ files, ask }: { readonly files: Files; readonly ask: (question: Question) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = () => {
    const list = [...(input.current?.files ?? [])].map((file) => ({ name: file.name, file }));
    if (input.current) input.current.value = "";
    if (list.length > 0) void files.receive("data", list);
  };
  return (
    <div className="file-tools">
      <button type="button" className="button small" onClick={() => ask({ ask: "folder", folder: "" })}>
        <FolderPlus size={14} /> Folder
      </button>
      <button type="button" className="button small" onClick={() => ask({ ask: "file", folder: "" })}>
        <FilePlus2 size={14} /> File
      </button>
      <button
        type="button"
        className="button small"
        title="Into data/; or drop files onto a folder"
        onClick={() => input.current?.click()}
      >
        <Upload size={14} /> Upload
      </button>
      <input ref={input} type="file" multiple hidden aria-label="Files to upload" onChange={chosen} />
    </div>
  );
}

function UploadState({ files: { uploading } }: { readonly files: Files }) {
  if (!uploading) return null;
  const { current, filesDone, files, bytes, bytesDone } = uploading;
  return (
    <div className="file-upload" role="status">
      <progress aria-label="Upload" max={Math.max(1, bytes)} value={bytesDone} />
      <span className="muted">
        {countText(filesDone + 1)} of {countText(files)}: {current}
      </span>
    </div>
  );
}

interface Doing {
  readonly files: Files;
  readonly ask: (question: Question) => void;
  readonly preview: (entry: FileEntry) => void;
  readonly open: (entry: FileEntry) => void;
}

function groupsOf(entry: FileEntry, doing: Doing): ChoiceGroup[] {
  const { ask, files } = doing;
  const change: Choice[] = [
    {
      id: "rename",
      label: "Rename…",
      icon: <PencilLine size={15} />,
      run: () => ask({ ask: "rename", entry }),
    },
    {
      id: "move",
      label: "Move to…",
      icon: <FolderInput size={15} />,
      run: () => ask({ ask: "move", entry }),
    },
  ];
  const remove: Choice = {
    id: "delete",
    label: "Move to trash",
    icon: <Trash2 size={15} />,
    danger: true,
    run: () => void files.remove(entry),
  };
  const first = entry.kind === "folder" ? folderChoices(entry, ask) : fileChoices(entry, doing);
  return [{ choices: first }, { choices: change }, { choices: [remove] }];
}

function folderChoices({ path }: FileEntry, ask: Doing["ask"]): Choice[] {
  return [
    {
      id: "new-file",
      label: "New file in it…",
      icon: <FilePlus2 size={15} />,
      run: () => ask({ ask: "file", folder: path }),
    },
    {
      id: "new-folder",
      label: "New folder in it…",
      icon: <FolderPlus size={15} />,
      run: () => ask({ ask: "folder", folder: path }),
    },
  ];
}

function fileChoices(entry: FileEntry, { open, preview }: Doing): Choice[] {
  const choices: Choice[] = [];
  if (entry.kind === "notebook") choices.push({ id: "open", label: "Open", run: () => open(entry) });
  else choices.push({ id: "preview", label: "Preview", run: () => preview(entry) });
  choices.push({
    id: "download",
    label: "Download",
    icon: <Download size={15} />,
    run: () =>
      Object.assign(document.createElement("a"), {
        href: fileHref(entry.path),
        download: entry.name,
      }).click(),
  });
  return choices;
}

interface AskProps {
  readonly question: Question;
  readonly files: Files;
  readonly onClose: () => void;
}

function Ask({ question, files, onClose }: AskProps) {
  switch (question.ask) {
    case "rename":
    case "move":
      return <AskPlace entry={question.entry} ask={question.ask} files={files} onClose={onClose} />;
    case "folder":
    case "file":
      return <AskNew folder={question.folder} ask={question.ask} files={files} onClose={onClose} />;
  }
}

interface NewProps extends Omit<AskProps, "question"> {
  readonly ask: "folder" | "file";
  readonly folder: string;
}

function AskNew({ ask, folder, files, onClose }: NewProps) {
  return (
    <Prompt
      title={ask === "folder" ? "New folder" : "New file"}
      label={`Name, in ${folder === "" ? "the workspace" : folder}`}
      value=""
      action="Make it"
      onDone={(name) => void files.create(joined(folder, name), ask)}
      onClose={onClose}
    />
  );
}

interface PlaceProps extends Omit<AskProps, "question"> {
  readonly ask: "rename" | "move";
  readonly entry: FileEntry;
}

function AskPlace({ ask, entry, files, onClose }: PlaceProps) {
  const folder = folderOf(entry.path);
  if (ask === "rename")
    return (
      <Prompt
        title={`Rename ${entry.name}`}
        label="New name"
        value={entry.name}
        action="Rename"
        onDone={(name) => void files.move(entry.path, joined(folder, name))}
        onClose={onClose}
      />
    );
  return (
    <Prompt
      title={`Move ${entry.name}`}
      label="Into which folder; empty for the workspace"
      value={folder}
      action="Move"
      optional
      onDone={(to) => void files.move(entry.path, joined(to.replace(/\/+$/, ""), nameOf(entry.path)))}
      onClose={onClose}
    />
  );
}
