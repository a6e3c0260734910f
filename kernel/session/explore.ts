/** Answers what a page asks about a table. */
import type { CatalogEngine, ResultSource } from "../engine/engine.ts";
import { csvParts } from "../notebook/explore/csv.ts";
import { fileColumns } from "../notebook/explore/file-columns.ts";
import { Pace } from "../notebook/explore/pace.ts";
import type { ExploreAnswer, ExploreAsk } from "../notebook/explore/requests.ts";

/** Rows that a page may have, and values. */
const mostRows = 10_000;
const mostValues = 200_000;

export async function exploreAnswer(
  source: ResultSource,
  ask: ExploreAsk,
  engine: () => Promise<CatalogEngine>,
  signal: AbortSignal,
): Promise<ExploreAnswer> {
  switch (ask.type) {
    case "schema":
      return { columns: source.columns, rowCount: source.rowCount };
    case "count":
      return source.count(ask.view, signal);
    case "page":
      return source.encodedPage(ask.view, clipped(ask), ask.columns, signal);
    case "profile":
      return source.profile(ask.column, ask.view, signal);
    case "file":
      return (await source.file(ask.view, ask.as, signal)) ?? (await fileOf(source, ask, engine, signal));
  }
}

function clipped({ rows, columns }: Extract<ExploreAsk, { type: "page" }>) {
  const most = Math.min(mostRows, Math.ceil(mostValues / Math.max(1, columns.to - columns.from)));
  return { from: rows.from, to: Math.min(rows.to, rows.from + most) };
}

/** Of rows in this process's memory. */
async function fileOf(
  source: ResultSource,
  { view, as }: Extract<ExploreAsk, { type: "file" }>,
  engine: () => Promise<CatalogEngine>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const all = { from: 0, to: source.columns.length };
  const data = await source.page(view, { from: 0, to: source.rowCount }, all, signal);
  const pace = new Pace(signal);
  if (as === "csv") return Buffer.concat((await csvParts(data, pace)).map((part) => Buffer.from(part)));
  const kinds = source.columns.map(({ kind }) => kind);
  return (await engine()).file(await fileColumns(data, kinds, pace), as, signal);
}
