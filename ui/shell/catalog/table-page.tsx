import { SquareTerminal } from "lucide-react";
import type { Home, TableEntry } from "../../../kernel/notebook/api.ts";
import { nearest } from "../../../kernel/notebook/errors.ts";
import { Brand } from "../app/brand.tsx";
import { client } from "../app/client.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { agoText, bytesText, plural } from "../app/format.ts";
import { Link } from "../app/link.tsx";
import { useLoad } from "../app/load.ts";
import { tableHref } from "../app/router.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { ColumnList } from "./column-list.tsx";
import { queryInNotebook } from "./query-notebook.ts";
import { SampleRows } from "./sample-rows.tsx";
import "./table.css";

const fullName = (table: TableEntry) => `${table.database}.${table.name}`;

/** One table of the catalog: what it holds, its first rows, and why the crawl took it for what it is. */
export function TablePage({ name }: { readonly name: string }) {
  const [home] = useLoad(client.home, "home");
  const table =
    home.state === "ready" ? home.value.tables.find((entry) => fullName(entry) === name) : undefined;
  return (
    <div className="page table-page">
      <header className="top">
        <Brand />
        <div className="spring" />
        <SettingsButton />
      </header>
      {home.state === "failed" ? <FailureNote failure={home.failure} /> : null}
      {home.state === "ready" && !table ? <NoTable name={name} home={home.value} /> : null}
      {table ? <TableView table={table} /> : null}
    </div>
  );
}

function NoTable({ name, home }: { readonly name: string; readonly home: Home }) {
  const meant = nearest(name, home.tables.map(fullName));
  return (
    <FailureNote failure={{ kind: "input", message: `There is no table “${name}” in the catalog.` }}>
      {meant ? (
        <>
          Did you mean <Link href={tableHref(meant)}>{meant}</Link>?
        </>
      ) : (
        <Link href="/">See all tables</Link>
      )}
    </FailureNote>
  );
}

function TableView({ table }: { readonly table: TableEntry }) {
  return (
    <main>
      <div className="table-head">
        <h1>{fullName(table)}</h1>
        <button type="button" className="button primary" onClick={() => queryInNotebook(table)}>
          <SquareTerminal size={15} /> Query in a new notebook
        </button>
      </div>
      <dl className="facts">
        <Fact label="Rows" value={table.rowCount === null ? "unknown" : plural(table.rowCount, "row")} />
        <Fact label="Columns" value={plural(table.columns.length, "column")} />
        <Fact label="Size" value={`${bytesText(table.bytes)} in ${plural(table.files, "file")}`} />
        <Fact label="Format" value={table.format} />
        <Fact label="Updated" value={agoText(table.updatedAt)} />
        {table.source ? <Fact label="From" value={table.source} /> : null}
      </dl>
      <ColumnList columns={table.columns} />
      <SampleRows table={fullName(table)} />
      <Reasons table={table} />
    </main>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="number">{value}</dd>
    </div>
  );
}

function Reasons({ table }: { readonly table: TableEntry }) {
  if (table.reasons.length === 0) return null;
  return (
    <section aria-label="Why">
      <h2>Why it is read this way</h2>
      <ul className="reasons">
        {table.reasons.map((reason) => (
          <li key={`${reason.about} ${reason.choice} ${reason.because}`}>
            <strong>{reason.about}</strong>: {reason.choice},{" "}
            <span className="muted">because {reason.because}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
