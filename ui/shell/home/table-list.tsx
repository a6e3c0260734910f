import { Table2 } from "lucide-react";
import type { TableEntry } from "../../../kernel/notebook/api.ts";
import { bytesText, plural } from "../app/format.ts";
import { Link } from "../app/link.tsx";
import { tableHref } from "../app/router.ts";
import { EmptyList, ListSection } from "./list-section.tsx";

interface Props {
  readonly tables: readonly TableEntry[];
  readonly filtered: boolean;
  readonly onAddData: () => void;
}

export function TableList({ tables, filtered, onAddData }: Props) {
  if (tables.length === 0 && filtered) return null;
  return (
    <ListSection title="Tables" count={tables.length}>
      {tables.length === 0 ? (
        <EmptyList>
          <p>
            Drop CSV, TSV, JSON, NDJSON or Parquet files anywhere onto this page, or choose a folder. They
            become tables that any notebook can query.
          </p>
          <button type="button" className="button" onClick={onAddData}>
            Choose a folder
          </button>
        </EmptyList>
      ) : (
        <ul className="rows">
          {tables.map((table) => (
            <TableRow key={`${table.database}.${table.name}`} table={table} />
          ))}
        </ul>
      )}
    </ListSection>
  );
}

function TableRow({ table }: { readonly table: TableEntry }) {
  const name = `${table.database}.${table.name}`;
  const columns = table.columns.map((column) => column.name).join(", ");
  return (
    <li className="row">
      <Table2 size={16} className="row-icon" aria-hidden="true" />
      <div className="row-main">
        <Link href={tableHref(name)} className="row-link">
          {name}
        </Link>
        <span className="row-summary">{columns}</span>
      </div>
      <span className="row-format wide">
        <span className="badge">{table.format}</span>
      </span>
      <span className="row-fact rows-fact number">
        {table.rowCount === null ? plural(table.columns.length, "column") : plural(table.rowCount, "row")}
      </span>
      <span className="row-fact size-fact number wide">{bytesText(table.bytes)}</span>
    </li>
  );
}
