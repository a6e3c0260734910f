import type { TableEntry } from "../../../kernel/notebook/api.ts";

export function ColumnList({ columns }: Pick<TableEntry, "columns">) {
  return (
    <section aria-label="Columns">
      <h2>Columns</h2>
      <ul className="columns">
        {columns.map((column) => (
          <li key={column.name}>
            <span className="column-name">{column.name}</span>
            <code className="muted" title={column.type}>
              {column.type}
            </code>
            {column.partition ? <span className="badge">partition</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
