import type { CrawlSummary } from "../../../kernel/notebook/api.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { bytesText, durationText, plural } from "../app/format.ts";
import { Link } from "../app/link.tsx";
import { tableHref } from "../app/router.ts";

/** What a crawl made of the files: tables by what happened to them, and the files it could not read, with reasons. */
export function CrawlSummaryView({ summary }: { readonly summary: CrawlSummary }) {
  const { created, updated, unchanged, removed, failures, ignored } = summary;
  const tables = created.length + updated.length + unchanged.length;
  return (
    <div className="summary">
      <p className="number">
        {plural(tables, "table")}, {plural(summary.rows, "row")}, {bytesText(summary.bytes)} in{" "}
        {durationText(summary.ms)}
      </p>
      {tables === 0 && failures.length === 0 ? (
        <p>No file here has a format that we know: CSV, TSV, JSON, NDJSON, Parquet, plain or gzipped.</p>
      ) : null}
      <TableNames title="New" names={created} />
      <TableNames title="Updated" names={updated} />
      <TableNames title="Unchanged" names={unchanged} />
      <TableNames title="Removed" names={removed} plain />
      {failures.length > 0 ? (
        <section>
          <h3>{plural(failures.length, "file")} could not be read</h3>
          {failures.map(({ path, failure }) => (
            <FailureNote key={path} failure={failure}>
              <code>{path}</code>
            </FailureNote>
          ))}
        </section>
      ) : null}
      {ignored.length > 0 ? (
        <details>
          <summary className="muted">{plural(ignored.length, "other file")} passed over</summary>
          <ul>
            {ignored.map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

interface NamesProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly plain?: boolean;
}

function TableNames({ title, names, plain = false }: NamesProps) {
  if (names.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {names.map((name) => (
          <li key={name}>{plain ? name : <Link href={tableHref(name)}>{name}</Link>}</li>
        ))}
      </ul>
    </section>
  );
}
