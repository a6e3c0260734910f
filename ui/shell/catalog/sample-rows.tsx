import type { Sample } from "../../../kernel/notebook/api.ts";
import { client } from "../app/client.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { useLoad } from "../app/load.ts";
import { RowLines } from "../app/row-lines.tsx";

const sampleSize = 20;
const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|REAL|DECIMAL\(.*\))$/i;

/** The first rows of a table. */
export function SampleRows({ table }: { readonly table: string }) {
  const [sample] = useLoad(() => client.sample(table, sampleSize), table);
  return (
    <section aria-label="First rows">
      <h2>First rows</h2>
      {sample.state === "loading" ? <p className="muted">Reading…</p> : null}
      {sample.state === "failed" ? <FailureNote failure={sample.failure} /> : null}
      {sample.state === "ready" ? <SampleTable sample={sample.value} /> : null}
    </section>
  );
}

function SampleTable({ sample: { columns, rows } }: { readonly sample: Sample }) {
  const kinds = columns.map((column) => (numeric.test(column.type) ? "number right" : ""));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="sample" tabIndex={0} aria-label="Sample of the table">
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column.name} className={kinds[index]}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <RowLines columns={columns} rows={rows} classes={kinds} />
      </table>
    </section>
  );
}
