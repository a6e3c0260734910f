import type { NotebookEntry } from "../../../kernel/notebook/api.ts";
import { EmptyList, ListSection } from "./list-section.tsx";
import { NotebookRow } from "./notebook-row.tsx";

interface Props {
  readonly entries: readonly NotebookEntry[];
  readonly filtered: boolean;
  readonly reload: () => void;
  readonly onCreate: () => void;
}

export function NotebookList({ entries, filtered, reload, onCreate }: Props) {
  if (entries.length === 0 && filtered) return null;
  return (
    <ListSection title="Notebooks" count={entries.length}>
      {entries.length === 0 ? (
        <EmptyList>
          <p>A notebook holds your queries, charts and notes, and keeps them up to date by itself.</p>
          <button type="button" className="button" onClick={onCreate}>
            Create the first one
          </button>
        </EmptyList>
      ) : (
        <ul className="rows">
          {entries.map((entry) => (
            <NotebookRow key={entry.path} entry={entry} reload={reload} />
          ))}
        </ul>
      )}
    </ListSection>
  );
}
