import { LayoutTemplate } from "lucide-react";
import type { NotebookEntry } from "../../../kernel/notebook/api.ts";
import { client } from "../app/client.ts";
import { plural } from "../app/format.ts";
import { Link } from "../app/link.tsx";
import { go, notebookHref } from "../app/router.ts";
import { toastFailure } from "../app/toasts.tsx";
import { ListSection } from "./list-section.tsx";

export function TemplateList({ entries }: { readonly entries: readonly NotebookEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <ListSection title="Templates" count={entries.length}>
      <ul className="rows">
        {entries.map((entry) => (
          <TemplateRow key={entry.path} entry={entry} />
        ))}
      </ul>
    </ListSection>
  );
}

function TemplateRow({ entry }: { readonly entry: NotebookEntry }) {
  return (
    <li className="row">
      <LayoutTemplate size={16} className="row-icon" aria-hidden="true" />
      <div className="row-main">
        <Link href={notebookHref(entry.path)} className="row-link">
          {entry.title}
        </Link>
        <span className="row-summary">{entry.summary || entry.path}</span>
      </div>
      <span className="row-fact number">{plural(entry.cells, "cell")}</span>
      <button
        type="button"
        className="button small row-button"
        aria-label={`Use template ${entry.title}`}
        onClick={() => openCopy(entry)}
      >
        Use template
      </button>
    </li>
  );
}

async function openCopy(entry: NotebookEntry): Promise<void> {
  try {
    const { path } = await client.copy(entry.path, entry.title);
    go(notebookHref(path));
  } catch (error) {
    toastFailure(error);
  }
}
