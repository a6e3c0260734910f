import { CircleAlert, Ellipsis, NotebookText } from "lucide-react";
import { useState } from "react";
import type { NotebookEntry } from "../../../kernel/notebook/api.ts";
import { agoText, plural } from "../app/format.ts";
import { Link } from "../app/link.tsx";
import { MenuButton } from "../app/menu.tsx";
import { Prompt } from "../app/prompt.tsx";
import { notebookHref } from "../app/router.ts";
import { duplicateNotebook, removeNotebook, renameNotebook, stem } from "./notebook-actions.ts";

interface Props {
  readonly entry: NotebookEntry;
  readonly reload: () => void;
}

export function NotebookRow({ entry, reload }: Props) {
  const [renaming, setRenaming] = useState(false);
  const groups = () => [
    {
      choices: [
        { id: "rename", label: "Rename file…", run: () => setRenaming(true) },
        { id: "duplicate", label: "Duplicate", run: () => duplicateNotebook(entry, reload) },
      ],
    },
    {
      choices: [
        { id: "delete", label: "Move to trash", danger: true, run: () => removeNotebook(entry, reload) },
      ],
    },
  ];
  return (
    <li className="row">
      <NotebookText size={16} className="row-icon" aria-hidden="true" />
      <div className="row-main">
        <Link href={notebookHref(entry.path)} className="row-link">
          {entry.title || stem(entry.path)}
        </Link>
        <Summary entry={entry} />
      </div>
      <span className="row-fact number">{plural(entry.cells, "cell")}</span>
      <time
        className="row-fact wide"
        dateTime={entry.modified}
        title={new Date(entry.modified).toLocaleString()}
      >
        {agoText(entry.modified)}
      </time>
      <MenuButton label={`Actions for ${entry.title}`} className="icon-button small" groups={groups}>
        <Ellipsis size={16} />
      </MenuButton>
      {renaming ? (
        <Prompt
          title="Rename notebook file"
          label={`File name (now ${entry.path})`}
          value={stem(entry.path)}
          action="Rename"
          onDone={(name) => renameNotebook(entry, name, reload)}
          onClose={() => setRenaming(false)}
        />
      ) : null}
    </li>
  );
}

function Summary({ entry }: { readonly entry: NotebookEntry }) {
  if (entry.failure)
    return (
      <span className="row-summary bad">
        <CircleAlert size={13} aria-hidden="true" /> {entry.failure.message}
      </span>
    );
  return <span className="row-summary">{entry.summary || entry.path}</span>;
}
