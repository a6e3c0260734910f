import type { Database } from "better-sqlite3";
import type { CrawlSummary } from "../notebook/api.ts";
import type { Failure } from "../notebook/errors.ts";

export interface CrawlRecord {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly database: string;
  readonly state: "running" | "succeeded" | "failed" | "cancelled";
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly summary: CrawlSummary | null;
  readonly failure: Failure | null;
}

interface CrawlRow {
  id: string;
  path: string;
  database: string;
  state: CrawlRecord["state"];
  started_at: string;
  ended_at: string | null;
  summary: string | null;
  failure: string | null;
}

/** Adds the record, or replaces the one with its id. */
export function writeCrawl(db: Database, crawl: CrawlRecord): void {
  db.prepare("INSERT OR REPLACE INTO crawls VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
    crawl.id,
    crawl.path,
    crawl.database,
    crawl.state,
    crawl.startedAt,
    crawl.endedAt,
    crawl.summary && JSON.stringify(crawl.summary),
    crawl.failure && JSON.stringify(crawl.failure),
  );
}

/** Latest first. */
export function readCrawls(db: Database): CrawlRecord[] {
  const rows = db.prepare<[], CrawlRow>("SELECT * FROM crawls ORDER BY started_at DESC, id").all();
  return rows.map((row) => ({
    id: row.id,
    path: row.path,
    database: row.database,
    state: row.state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    summary: row.summary === null ? null : JSON.parse(row.summary),
    failure: row.failure === null ? null : JSON.parse(row.failure),
  }));
}
