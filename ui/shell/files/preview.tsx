import { X } from "lucide-react";
import type { FileEntry, FilePreview } from "../../../kernel/notebook/api.ts";
import { client, fileHref } from "../app/client.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { bytesText, plural } from "../app/format.ts";
import { useLoad } from "../app/load.ts";
import { RowLines } from "../app/row-lines.tsx";
import { highlight } from "../editor/highlight.ts";

interface Props {
  readonly entry: FileEntry;
  readonly onClose: () => void;
}

/** The beginning of a file, as what it is. */
export function Preview({ entry, onClose }: Props) {
  const [preview] = useLoad(() => client.preview(entry.path), `${entry.path} ${entry.modified}`);
  return (
    <section className="file-preview" aria-label={`Preview of ${entry.name}`}>
      <header>
        <h3>{entry.name}</h3>
        <span className="muted number">{bytesText(entry.bytes)}</span>
        <span className="spring" />
        <button type="button" className="icon-button small" aria-label="Close the preview" onClick={onClose}>
          <X size={14} />
        </button>
      </header>
      {preview.state === "loading" ? <p className="muted">Reading…</p> : null}
      {preview.state === "failed" ? <FailureNote failure={preview.failure} /> : null}
      {preview.state === "ready" ? <Content preview={preview.value} entry={entry} /> : null}
    </section>
  );
}

function Content({ preview, entry }: { readonly preview: FilePreview; readonly entry: FileEntry }) {
  switch (preview.kind) {
    case "table":
      return <TableContent preview={preview} />;
    case "text":
      return <TextContent preview={preview} path={entry.path} />;
    case "image":
      return (
        <img
          className="file-image"
          src={`${fileHref(entry.path)}&at=${Date.parse(entry.modified)}`}
          alt={entry.name}
        />
      );
    case "binary":
      return <p className="muted">Nothing in it can be shown as text.</p>;
  }
}

function TableContent({ preview }: { readonly preview: Extract<FilePreview, { kind: "table" }> }) {
  const { columns, rows, more } = preview;
  return (
    <>
      <p className="muted">
        {plural(columns.length, "column")},{" "}
        {more ? `the first ${rows.length} rows` : plural(rows.length, "row")}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
      <section className="file-scroll" tabIndex={0} aria-label="First rows">
        <table>
          <thead>
            <tr>
              {columns.map(({ name, type }) => (
                <th key={name} scope="col">
                  {name}
                  <span className="muted">{type.toLowerCase()}</span>
                </th>
              ))}
            </tr>
          </thead>
          <RowLines columns={columns} rows={rows} />
        </table>
      </section>
    </>
  );
}

const languages: readonly (readonly [RegExp, string])[] = [
  [/\.[cm]?tsx?$/i, "ts"],
  [/\.([cm]?jsx?|json)$/i, "js"],
  [/\.sql$/i, "sql"],
  [/\.md$/i, "md"],
  [/\.(html|svg|xml)$/i, "html"],
];

function TextContent({
  preview,
  path,
}: {
  readonly preview: Extract<FilePreview, { kind: "text" }>;
  readonly path: string;
}) {
  const mode = languages.find(([name]) => name.test(path))?.[1] ?? "text";
  return (
    <>
      {preview.note ? <p className="muted">Not a table: {preview.note}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
      <section className="file-scroll" tabIndex={0} aria-label="Text">
        <pre className="source">
          {highlight(mode, preview.text).map(({ from, text, className }) => (
            <span key={from} className={className}>
              {text}
            </span>
          ))}
        </pre>
      </section>
      {preview.more ? (
        <p className="muted">The first {bytesText(new Blob([preview.text]).size)} of it.</p>
      ) : null}
    </>
  );
}
